namespace OrleansJobs.Engine.Dispatch;

/// <content>What one life leaves to the next, and how it gives way to a later one.</content>
internal sealed partial class DispatcherShell
{
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

    /// <summary>A later life is at work: what this one says and knows does not count.</summary>
    private void GiveWay()
    {
        LogSuperseded(services.Logger, jobClass, _core.Epoch);
        host.Retire();
    }
}
