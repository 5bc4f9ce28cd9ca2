namespace OrleansJobs;

/// <summary>The pool of one class on one silo.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Permits">Jobs it runs at once at most.</param>
/// <param name="Running">Slots it holds.</param>
/// <param name="Draining">Whether it takes no more jobs because the silo stops.</param>
/// <param name="SeenAt">When its agent last spoke.</param>
public sealed record PoolStatus(string Silo, int Permits, int Running, bool Draining, DateTimeOffset SeenAt);
