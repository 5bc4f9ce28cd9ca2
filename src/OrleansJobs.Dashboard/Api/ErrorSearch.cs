namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Lists jobs for a caller who may search the errors of some classes alone: each of these is searched for itself, and their pages are laid into one,
/// newest first. Nothing is asked of the others, so that no answer depends on them.
/// </summary>
internal static class ErrorSearch
{
    /// <summary>Classes that are searched for one page; whoever sees more says which is meant.</summary>
    private const int MaxClasses = 50;

    /// <exception cref="HttpFault">There are too many classes.</exception>
    public static async Task<JobPage> ListAsync(ApiCall call, JobFilter filter, IReadOnlyList<string> classes, string? cursor, int limit)
    {
        if (classes.Count > MaxClasses)
        {
            throw HttpFault.HiddenErrorsOfSome();
        }

        var pages = new List<JobPage>();
        foreach (var jobClass in classes)
        {
            pages.Add(await call.Jobs.ListAsync(filter with { JobClass = jobClass }, cursor, limit, call.Aborted));
        }

        return Merge(pages, limit);
    }

    /// <summary>A cursor is the place of the last job that was looked at, so jobs older than the newest cursor may have others between them.</summary>
    private static JobPage Merge(List<JobPage> pages, int limit)
    {
        ListPosition[] ends = [.. pages.Select(page => page.NextCursor).OfType<string>().Select(PositionOf)];
        ListPosition? end = ends.Length == 0 ? null : ends.Max();
        var jobs = pages.SelectMany(page => page.Jobs).Where(job => end is null || ListPosition.Of(job) >= end).OrderByDescending(ListPosition.Of).ToList();
        var shown = jobs.Take(limit).ToList();
        return new JobPage(shown, (jobs.Count > limit ? ListPosition.Of(shown[^1]) : end)?.ToString());
    }

    private static ListPosition PositionOf(string cursor) => ListPosition.TryParse(cursor, out var position)
        ? position
        : throw new InvalidRequestException($"cursor is '{cursor}'; allowed is what an earlier page gave.");
}
