namespace OrleansJobs.Engine.Dispatch;

/// <content>What one life leaves to the next, how it gives way to a later one, and how it bears with the wall clock.</content>
internal sealed partial class DispatcherShell
{
    private bool _toldUnheard;
    private bool _stopsWaiting;

    private async Task KeepRateAsync()
    {
        if (!await _rate.StoreAsync())
        {
            return;
        }

        if (_core.IsSuperseded)
        {
            GiveWay();
        }
        else
        {
            Pump();
        }
    }

    /// <summary>Says once that this life goes on without having heard every silo.</summary>
    private void TellUnheard()
    {
        if (!_toldUnheard && _core.Unheard.Count > 0)
        {
            _toldUnheard = true;
            LogUnheard(services.Logger, jobClass, string.Join(", ", _core.Unheard.Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>Leases and rates go on by steady time; the core is told what the wall clock shows, because jobs are due by it.</summary>
    private void LookAtTheClock()
    {
        if (_clock.WasSet(out var by))
        {
            LogClockSet(services.Logger, by > TimeSpan.Zero ? "forward" : "back", by.Duration(), jobClass);
            _core.StepClock(_clock.Ahead, Now);
        }
    }

    /// <summary>The next life is to begin elsewhere: everybody who waits is answered, and nobody waits here any more.</summary>
    public void StopWaiting()
    {
        _stopsWaiting = true;
        _polls.ReleaseAll(Nothing);
        _finished.Raise();
    }

    /// <summary>A later life is at work: what this one says and knows does not count.</summary>
    private void GiveWay()
    {
        LogSuperseded(services.Logger, jobClass, _core.Epoch);
        host.Retire();
    }
}
