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
    private readonly Dictionary<long, bool> _awaited = [];
    private long _number;

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
    /// <param name="silo">The silo.</param>
    /// <param name="draining">Whether it takes nothing new.</param>
    /// <param name="report">Reports the pool to a life of the dispatcher, or, without one, all but what is held.</param>
    public ExchangeRequest Take(string silo, bool draining, Func<long?, PoolReport> report)
    {
        var pool = report(HeldWanted ? Epoch : null);
        var request = Empty(silo, draining, pool) with { Completions = _completions, Held = pool.Held };
        _completions = [];
        HeldWanted = false;
        _toldPermits = pool.Permits;
        _toldDraining = draining;
        return request;
    }

    /// <summary>A request that tells nothing new.</summary>
    public ExchangeRequest Empty(string silo, bool draining, PoolReport pool) => new()
    {
        Silo = silo,
        KnownEpoch = Epoch,
        Number = Expect(++_number),
        Awaited = [.. _awaited.Keys],
        Permits = pool.Permits,
        Draining = draining,
        Overstays = pool.Overstays,
    };

    /// <summary>The answer of an exchange is there, and is going to be acted on.</summary>
    /// <returns>False if it was given up: the dispatcher may know, and have given its leases to others.</returns>
    public bool TakeAnswer(long exchange)
    {
        if (!_awaited.ContainsKey(exchange))
        {
            return false;
        }

        _awaited[exchange] = true;
        return true;
    }

    /// <summary>The answer of an exchange is waited for no more, unless it is acted on at this moment.</summary>
    public void GiveUp(long exchange)
    {
        if (_awaited.TryGetValue(exchange, out var isTaken) && !isTaken)
        {
            _awaited.Remove(exchange);
        }
    }

    /// <summary>An exchange has failed, or its answer has been acted on.</summary>
    public void Close(long exchange) => _awaited.Remove(exchange);

    /// <summary>The request had no answer: all it told has to be told again, and what is held, for the answer may have brought leases.</summary>
    public void PutBack(ExchangeRequest request)
    {
        GiveUp(request.Number);
        _completions = [.. request.Completions, .. _completions];
        HeldWanted = true;
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

    private long Expect(long exchange)
    {
        _awaited.Add(exchange, false);
        return exchange;
    }
}
