namespace OrleansJobs.Testing;

/// <summary>What a test expected of the grid is not so; the message says what is.</summary>
public sealed class JobAssertionException(string message) : Exception(message);
