using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Simulation.Shell;

/// <summary>What an agent has to tell its dispatcher: nothing is forgotten until an exchange that told it was answered.</summary>
internal sealed class Outbox(string silo)
{
    private List<LeaseCompletion> _completions = [];
    private int? _toldPermits;
    private bool _toldDraining;
    private long _epoch;
    private bool _heldWanted = true;
    private readonly HashSet<long> _awaited = [];
    private long _number;

    public void Add(LeaseCompletion completion) => _completions.Add(completion);

    public void WantHeld() => _heldWanted = true;

    public bool HasNews(int permits, bool draining) =>
        _completions.Count > 0 || _heldWanted || permits != _toldPermits || draining != _toldDraining;

    public ExchangeRequest Take(int permits, bool draining, Func<long, IReadOnlyList<HeldLease>> held, IReadOnlyList<OverstayingHandler> overstays)
    {
        var request = Empty(permits, draining, overstays) with { Completions = _completions, Held = _heldWanted ? held(_epoch) : null };
        (_completions, _heldWanted, _toldPermits, _toldDraining) = ([], false, permits, draining);
        return request;
    }

    public ExchangeRequest Empty(int permits, bool draining, IReadOnlyList<OverstayingHandler> overstays)
    {
        _awaited.Add(++_number);
        return new()
        {
            Silo = silo,
            KnownEpoch = _epoch,
            Number = _number,
            Awaited = [.. _awaited],
            Permits = permits,
            Draining = draining,
            Overstays = overstays,
        };
    }

    public bool IsAwaited(long exchange) => _awaited.Contains(exchange);

    public void Close(long exchange) => _awaited.Remove(exchange);

    public void PutBack(ExchangeRequest request)
    {
        _completions = [.. request.Completions, .. _completions];
        _heldWanted = true;
        Close(request.Number);
        _toldPermits = null;
    }

    public bool Answered(ExchangeRequest request, ExchangeReply reply)
    {
        var wanted = reply.Epoch >= _epoch && (reply.HeldWanted || reply.Epoch > _epoch);
        _epoch = Math.Max(_epoch, reply.Epoch);
        _heldWanted |= wanted;
        return wanted;
    }
}
