namespace OrleansJobs.Storage.Ownership;

/// <summary>Says who has a store.</summary>
internal static class StoreInUse
{
    /// <summary>This process, for others to read.</summary>
    public static string Describe(int processId, string machine, DateTimeOffset since) =>
        $"process {processId} on {machine} since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    /// <param name="store">The store as it is called in errors.</param>
    /// <param name="claim">What was asked for.</param>
    /// <param name="holder">Who has it; null if that cannot be told.</param>
    public static StoreInUseException Error(string store, StoreClaim claim, string? holder)
    {
        var why = claim == StoreClaim.Exclusive
            ? "An embedded engine needs its store for itself"
            : "That one has it for itself, so no silo may share it";
        return new StoreInUseException(
            $"{store} is in use by {holder ?? "another process"}. {why}: stop the other process first, or give this one another store.");
    }
}
