using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Calls once at the time that it was last set to, by its silo's clock; a later setting takes the place of an earlier one.</summary>
internal sealed class Alarm(Silo silo, Action rings)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private DateTimeOffset? _at;
    private long _setting;

    /// <summary>Sets it; null for not at all.</summary>
    public void Set(DateTimeOffset? at)
    {
        if (at == _at)
        {
            return;
        }

        _at = at;
        var setting = ++_setting;
        if (at is { } time)
        {
            silo.After(Delay(time), () => Ring(setting));
        }
    }

    private TimeSpan Delay(DateTimeOffset time)
    {
        var delay = time - silo.Now + Shortest;
        return delay < Shortest ? Shortest : delay > Longest ? Longest : delay;
    }

    private void Ring(long setting)
    {
        if (setting == _setting)
        {
            _at = null;
            rings();
        }
    }
}
