using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Has a dispatcher catch up with the store when somebody may know more, and now and then until all is known; one at a time, until it succeeds.</summary>
internal sealed class CatchUp(DispatcherActivation dispatcher, Action<Action<bool>> catchUp, Action<Action<bool>> isAllKnown)
{
    private bool _running;
    private bool _wanted;
    private bool _hadTraffic = true;
    private bool _isSettled;

    private Silo Silo => dispatcher.Silo;

    public void SawTraffic() => _hadTraffic = true;

    public void WantTwice(TimeSpan delay)
    {
        _hadTraffic = true;
        Want();
        WantAfter(delay);
    }

    public void WantAfter(TimeSpan delay) => Silo.After(delay, Want);

    public void Want()
    {
        if (Silo.World.Protocol.LosesNoticesAndNeverReconciles)
        {
            return;
        }

        _wanted = !dispatcher.IsOver;
        if (!_running)
        {
            Run();
        }
    }

    public void NowAndThen() => Silo.After(Times.ReconcilePeriod, () =>
    {
        if (dispatcher.IsOver)
        {
            return;
        }

        if (_hadTraffic)
        {
            (_hadTraffic, _isSettled) = (false, false);
            Want();
        }
        else if (!_isSettled)
        {
            isAllKnown(known =>
            {
                _isSettled = known;
                if (!known)
                {
                    Want();
                }
            });
        }

        NowAndThen();
    });

    private void Run()
    {
        _running = _wanted && !dispatcher.IsOver;
        if (!_running)
        {
            return;
        }

        _wanted = false;
        catchUp(succeeded =>
        {
            _wanted |= !succeeded;
            Silo.After(Times.CatchUpPause, Run);
        });
    }
}
