using System.Data.Common;

namespace OrleansJobs.Storage;

/// <summary>The database of a store, as an ADO.NET provider reaches it.</summary>
public sealed record StoreDatabase
{
    /// <summary>The provider.</summary>
    public required DbProviderFactory Provider { get; init; }

    /// <summary>The provider's name among ADO.NET's, such as <c>Npgsql</c>; it also tells the dialect.</summary>
    public required string Invariant { get; init; }

    /// <summary>The database, for the provider.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema that has to be the first of its connections, where that was said; null for the database's own choice.</summary>
    public string? Schema { get; init; }

    /// <summary>The database as the subject of an error's sentence; never with a password.</summary>
    public required string Description { get; init; }

    /// <summary>Whether several processes on several machines can share it, so that it may carry a cluster's membership.</summary>
    public required bool IsShared { get; init; }
}
