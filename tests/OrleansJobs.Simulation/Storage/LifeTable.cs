using OrleansJobs.Core.Limits;

namespace OrleansJobs.Simulation.Storage;

/// <summary>What the store has of the classes' dispatchers: the number of the last life of each, and how far its rate is used up.</summary>
internal sealed class LifeTable
{
    private readonly Dictionary<string, (long Epoch, RateMark? Rate)> _lives = new(StringComparer.Ordinal);

    /// <summary>Begins a life, and gives its number and what the one before has left.</summary>
    public (long Epoch, RateMark? Rate) Begin(string jobClass, bool below)
    {
        var before = _lives.GetValueOrDefault(jobClass, (Epoch: long.MaxValue / 2, Rate: null));
        return _lives[jobClass] = before with { Epoch = before.Epoch + (below ? -1 : 1) };
    }

    /// <summary>Notes how far the rate is used up, unless a later life has begun.</summary>
    public bool Note(string jobClass, long epoch, RateMark rate)
    {
        var isLast = _lives[jobClass].Epoch == epoch;
        if (isLast)
        {
            _lives[jobClass] = (epoch, rate);
        }

        return isLast;
    }
}
