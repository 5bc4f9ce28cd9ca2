namespace OrleansJobs.Engine.Dispatch;

/// <content>What one life leaves to the next, and how it gives way to a later one.</content>
internal sealed partial class DispatcherShell
{
    private bool _toldUnheard;

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

    /// <summary>A later life is at work: what this one says and knows does not count.</summary>
    private void GiveWay()
    {
        LogSuperseded(services.Logger, jobClass, _core.Epoch);
        host.Retire();
    }
}
