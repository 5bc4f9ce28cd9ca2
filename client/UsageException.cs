namespace OrleansJobs.Cli;

/// <summary>The command line asks for something that makes no sense; the text says what.</summary>
internal sealed class UsageException(string message) : Exception(message);
