namespace OrleansJobs.Storage.Migrations;

/// <summary>Compares the schema that a store has with those that this program knows.</summary>
internal static class SchemaVersion
{
    /// <summary>The migrations that are still to be made, in order.</summary>
    /// <param name="store">How the store is called in the error.</param>
    /// <param name="found">The version that the store has; 0 for an empty one.</param>
    /// <param name="known">All migrations.</param>
    /// <exception cref="StoreSetupException">The store's schema is newer than this program.</exception>
    public static IEnumerable<Migration> Missing(string store, int found, IReadOnlyList<Migration> known)
    {
        var newest = known[^1].Version;
        return found <= newest
            ? known.Where(migration => migration.Version > found)
            : throw new StoreSetupException(
                $"{store} has schema version {found}, but this program knows only versions up to {newest}. Run a newer program.");
    }
}
