using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Reading;

namespace OrleansJobs.Engine.Dispatch;

internal sealed partial class DispatcherShell
{
    /// <summary>Pools, totals and limits.</summary>
    public JobClassStatus GetStatus() =>
        DispatcherStatusView.Of(_core.GetStatus(), services.Classes.Get(jobClass).Options.EffectiveCeiling);

    /// <summary>The class as it stands and what it did lately, its counts completed by those of the store.</summary>
    public ClassOverview GetOverview(JobCounts stored)
    {
        var status = ClassCounts.Complete(GetStatus(), stored);
        return new ClassOverview(status, _core.GetHistory(status.Counts.Queued, Now));
    }

    /// <summary>Who gets what of the class.</summary>
    public IReadOnlyList<TenantUse> GetTenants() => _core.GetTenants(Now);

    /// <summary>The kinds of failure of the class's attempts.</summary>
    public IReadOnlyList<ErrorGroup> GetErrors() => _core.GetErrors();

    /// <summary>Why a waiting job does not run.</summary>
    public JobWait Explain(WaitingJob job) => _core.Explain(job, Now);
}
