using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Has a dispatcher catch up with the store when somebody may know more, and now and then where jobs come in; one at a time, until it succeeds.</summary>
internal sealed class CatchUp(DispatcherActivation dispatcher, Action<Action<bool>> catchUp)
{
    private bool _running;
    private bool _wanted;
    private bool _hadTraffic;

    private Silo Silo => dispatcher.Silo;

    public void SawTraffic() => _hadTraffic = true;

    public void Want()
    {
        if (Silo.World.Protocol.LosesNoticesAndNeverReconciles)
        {
            return;
        }

        _wanted = true;
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
            _hadTraffic = false;
            Want();
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
