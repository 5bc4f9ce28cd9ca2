namespace OrleansJobs.Workers.Pools;

/// <summary>
/// The slots of one class on this silo. The limit may change while jobs run: raising it opens slots at once; lowering it stops nobody, it
/// only lets nobody in until enough have left. Safe to use from many threads.
/// </summary>
public sealed class PoolPermits
{
    private readonly Lock _gate = new();
    private int _limit;
    private int _running;

    /// <summary>Makes a pool.</summary>
    /// <param name="limit">Slots at first; moved into the range from 0 to the ceiling.</param>
    /// <param name="ceiling">What the limit can be raised to, at least 0.</param>
    public PoolPermits(int limit, int ceiling)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ceiling);
        Ceiling = ceiling;
        Limit = limit;
    }

    /// <summary>What <see cref="Limit"/> can be raised to.</summary>
    public int Ceiling { get; }

    /// <summary>Slots in force. A value outside 0 to <see cref="Ceiling"/> is moved to the nearer end.</summary>
    public int Limit
    {
        get
        {
            lock (_gate)
            {
                return _limit;
            }
        }

        set
        {
            lock (_gate)
            {
                _limit = Math.Clamp(value, 0, Ceiling);
            }
        }
    }

    /// <summary>Slots taken; over <see cref="Limit"/> for a while after that was lowered.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Takes a slot if one is free.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_running >= _limit)
            {
                return false;
            }

            _running++;
            return true;
        }
    }

    /// <summary>Gives a slot back.</summary>
    /// <exception cref="InvalidOperationException">No slot is taken.</exception>
    public void Release()
    {
        lock (_gate)
        {
            if (_running == 0)
            {
                throw new InvalidOperationException("A slot was given back that nobody had taken.");
            }

            _running--;
        }
    }
}
