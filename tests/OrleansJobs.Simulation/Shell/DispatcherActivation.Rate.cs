using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Limits;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

internal sealed partial class DispatcherActivation
{
    private int _unheard;

    private void KeepRate()
    {
        if (_core.BeginStoringRate(Now) is { } mark)
        {
            World.Store.NoteRate(Silo, JobClass, _core.Epoch, mark, Noted, () => Silo.After(Times.RatePause, () => EndStoring(false)));
        }
    }

    private void Noted(bool isStored)
    {
        if (isStored)
        {
            EndStoring(true);
        }
        else
        {
            _core.Supersede();
            End();
        }
    }

    private void EndStoring(bool isStored)
    {
        _core.EndStoringRate(isStored);
        Pump();
    }

    private void NoteUnheard()
    {
        if (_core.Unheard.Count != _unheard)
        {
            _unheard = _core.Unheard.Count;
            World.History.Add(new Unheard(Silo.Name, JobClass, _core.Epoch, [.. _core.Unheard]));
        }
    }
}
