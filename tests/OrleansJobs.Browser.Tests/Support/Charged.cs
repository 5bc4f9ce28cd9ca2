using System.Collections.Concurrent;

namespace OrleansJobs.Browser.Tests.Support;

/// <summary>The payloads that handlers really got.</summary>
internal sealed class Charged
{
    private readonly ConcurrentQueue<Charge> _all = [];

    public IReadOnlyCollection<Charge> All => _all;

    public void Add(Charge charge) => _all.Enqueue(charge);
}
