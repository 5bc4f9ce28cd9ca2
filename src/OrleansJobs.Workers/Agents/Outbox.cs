using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Agents;

/// <summary>
/// What an agent has to tell its dispatcher: nothing is forgotten until an exchange that told it was answered. Not safe to use from several
/// threads at once.
/// </summary>
internal sealed class Outbox
{
    private List<LeaseCompletion> _completions = [];
    private int? _toldPermits;
    private bool _toldDraining;

    /// <summary>The latest of the dispatcher's lives that is known; 0 for none.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether all held leases have to be named.</summary>
    public bool HeldWanted { get; private set; } = true;

    public void Add(LeaseCompletion completion) => _completions.Add(completion);

    public void WantHeld() => HeldWanted = true;

    /// <summary>Whether there is something to say that must not wait.</summary>
    public bool HasNews(int permits, bool draining) =>
        _completions.Count > 0 || HeldWanted || permits != _toldPermits || draining != _toldDraining;

    /// <summary>Takes all there is to tell into a request.</summary>
    public ExchangeRequest Take(string silo, int permits, bool draining, Func<long, IReadOnlyList<HeldLease>> held)
    {
        var request = Empty(silo, permits, draining) with { Completions = _completions, Held = HeldWanted ? held(Epoch) : null };
        _completions = [];
        HeldWanted = false;
        _toldPermits = permits;
        _toldDraining = draining;
        return request;
    }

    /// <summary>A request that tells nothing new.</summary>
    public ExchangeRequest Empty(string silo, int permits, bool draining) =>
        new() { Silo = silo, KnownEpoch = Epoch, Permits = permits, Draining = draining };

    /// <summary>The request had no answer: all it told has to be told again.</summary>
    public void PutBack(ExchangeRequest request)
    {
        _completions = [.. request.Completions, .. _completions];
        HeldWanted |= request.Held is not null;
        _toldPermits = null;
    }

    /// <summary>
    /// Notes which life of the dispatcher answered, and whether it wants to know the held leases: a life that is new to this silo always does.
    /// What one that is over says changes nothing.
    /// </summary>
    /// <returns>Whether something follows from it.</returns>
    public bool Answered(ExchangeRequest request, ExchangeReply reply)
    {
        var wanted = reply.Epoch >= Epoch && (reply.HeldWanted || reply.Epoch > Epoch);
        Epoch = Math.Max(Epoch, reply.Epoch);
        HeldWanted |= wanted;
        return wanted;
    }
}
