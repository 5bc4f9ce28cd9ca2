using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.Rows;

/// <summary>A row of a listing, with its place as the database has it: the time of an odd row may be none that a record can have.</summary>
internal readonly record struct ListedRow(JobRecord Job, ListPosition Place)
{
    /// <summary>A part of a listing: it goes on after its last row if it is full, else after the last row that was looked at.</summary>
    public static ListedRecords Part(IReadOnlyList<ListedRow> rows, int limit, ListPosition? end) =>
        new([.. rows.Select(row => row.Job)], rows.Count == limit ? rows[^1].Place : end);
}
