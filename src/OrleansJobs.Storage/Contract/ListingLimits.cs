namespace OrleansJobs.Storage;

/// <summary>What one part of a listing may cost, so that each is quick however rare the jobs are that are looked for.</summary>
public static class ListingLimits
{
    /// <summary>Jobs that are looked at, one after the other in an index that goes by time: each may cost a page read from elsewhere.</summary>
    public const int MaxRowsInPart = 1_000;

    /// <summary>The same where each of them has an error whose text is taken apart and compared.</summary>
    public const int MaxErrorsInPart = 400;

    /// <summary>Up to so many waiting jobs are sorted by time; beyond, they are looked for among all jobs.</summary>
    public const int MaxSortedRows = 10_000;

    internal static int RowsInPart(JobFilter filter) => filter.ErrorText is null ? MaxRowsInPart : MaxErrorsInPart;
}
