namespace OrleansJobs.Core.Dispatch;

/// <summary>The pages that are being read from the store: bounded in number, and none for a while after one failed.</summary>
internal sealed class PageRequests(DispatcherOptions options)
{
    private readonly HashSet<PageRequest> _outstanding = new(ReferenceEqualityComparer.Instance);

    /// <summary>Before this time no page is asked for.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    public bool Allows(DateTimeOffset now) => _outstanding.Count < options.MaxOutstandingPages && now >= NotBefore;

    public void Add(PageRequest request) => _outstanding.Add(request);

    /// <summary>Whether this page was asked for and has not been answered before.</summary>
    public bool Remove(PageRequest request) => _outstanding.Remove(request);

    public void Failed(DateTimeOffset now) => NotBefore = now + options.PageRetryDelay;
}
