using OrleansJobs.Storage.Ownership;

namespace OrleansJobs.Postgres;

/// <summary>A session that has the lock of a claim.</summary>
/// <param name="Backend">The server's number for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Since">Since when; null where this user may not know.</param>
internal sealed record ClaimHolder(int Backend, string Name, DateTimeOffset? Since)
{
    /// <summary>The beginning of its cluster's name, if it is a silo's.</summary>
    public string? Cluster => ClaimSession.Read(Name)?.Cluster;

    public string Describe() => ClaimSession.Read(Name) is { } told && Since is { } since
        ? StoreInUse.Describe(told.Process, told.Machine, since)
        : $"the session {Backend} of the server ('{Name}')";
}
