using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Silos;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>
/// The dispatcher's shell in the cluster: the activation's scheduler gives its turns, the cluster's membership says which silos are lost.
/// </summary>
[GrainType("orleansjobs-dispatcher"), SpreadByClass, KeepAlive, Immovable]
internal sealed class DispatcherGrain : Grain, IDispatcherGrain, IDispatcherHost, IDisposable
{
    private readonly IClusterMembershipService _membership;
    private readonly DispatcherServices _services;
    private readonly DispatcherShell _shell;
    private readonly DispatcherNotifier _notifier;
    private readonly DispatcherHomes _homes;
    private readonly CancellationTokenSource _ended = new();
    private IGrainTimer? _timer;
    private HashSet<string> _live = [];
    private Action _go = () => { };
    private bool _hasBegun;

    public DispatcherGrain(DispatcherServices services, DispatcherNotifier notifier, DispatcherHomes homes, IClusterMembershipService membership)
    {
        (_membership, _notifier, _homes, _services) = (membership, notifier, homes, services);
        _shell = new DispatcherShell(JobClass, this, services);
    }

    public IReadOnlyCollection<string> LeaseHolders => LiveSilos.HoldersOf(_membership.CurrentSnapshot);

    private string JobClass => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_homes.HasJustLeft(JobClass))
        {
            throw new GridUnavailableException($"The dispatcher of '{JobClass}' has moved to another silo; repeat the call.");
        }

        var members = _membership.CurrentSnapshot;
        _timer = this.RegisterGrainTimer(OnTimerAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        {
            Interleave = true,
        });
        await _shell.BeginAsync();
        _hasBegun = true;
        var turns = TaskScheduler.Current;
        _go = () => Task.Factory.StartNew(Retire, CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns).Own(nameof(DispatcherGrain), _services.Logger);
        _homes.Came(JobClass, _go);
        _live = LiveSilos.Of(members);
        Background.KeepAsync($"The watch of the dispatcher of '{JobClass}' on the cluster's membership", WatchMembershipAsync, _services.Logger, _services.Time, _ended.Token)
            .Own(nameof(DispatcherGrain), _services.Logger, _ended.Token);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ended.Cancel();
        _homes.Left(JobClass, _go);
        _shell.End();
        if (_hasBegun && reason.ReasonCode is not DeactivationReasonCode.ShuttingDown)
        {
            // Another activation may have begun before this one ended: what was told to this one since then is in the store only.
            _notifier.Incomplete(JobClass);
        }

        return Task.CompletedTask;
    }

    public async Task<Immutable<ExchangeReply>> ExchangeAsync(ExchangeRequest request, bool wait) => new(await _shell.ExchangeAsync(request, wait));

    public Task NotifyAsync(DispatcherNotice notice)
    {
        _shell.Notify(notice);
        return Task.CompletedTask;
    }

    public Task ApplyAsync(JobClassSettings settings)
    {
        _shell.Apply(settings);
        return Task.CompletedTask;
    }

    public Task ReconcileAsync()
    {
        _shell.Reconcile();
        return Task.CompletedTask;
    }

    public Task<JobClassStatus> GetStatusAsync() => Task.FromResult(_shell.GetStatus());

    public Task<ClassOverview> GetOverviewAsync(JobCounts stored) => Task.FromResult(_shell.GetOverview(stored));

    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync() => Task.FromResult(_shell.GetTenants());

    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync() => Task.FromResult(_shell.GetErrors());

    public Task<JobWait> ExplainAsync(WaitingJob job) => Task.FromResult(_shell.Explain(job));

    public Task<long> WaitForFinishedAsync(long seen, TimeSpan waitUpTo) => _shell.WaitForFinishedAsync(seen, waitUpTo);

    public Task<JobClassSettings> GetSettingsAsync() =>
        GrainFactory.GetGrain<IClassOptionsGrain>(ClassOptionsKey.Of(JobClass)).GetAsync();

    public Task<ExpireReply> ExpireAsync(ExpiringLease lease) =>
        GrainFactory.GetGrain<IJobAuthorityGrain>(lease.Lease.Job.Id.Value).ExpireAsync(lease.Silo, lease.LeaseToken, lease.SiloIsDead);

    /// <summary>A call that waits here would keep this activation, and the next one from beginning: all are answered.</summary>
    public void Retire()
    {
        DeactivateOnIdle();
        _shell.StopWaiting();
    }

    public void WakeAfter(TimeSpan delay) => _timer?.Change(delay, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _shell.Dispose();
        _ended.Dispose();
    }

    private Task OnTimerAsync(CancellationToken cancellationToken)
    {
        _shell.Wake();
        return Task.CompletedTask;
    }

    private async Task WatchMembershipAsync()
    {
        await foreach (var snapshot in _membership.MembershipUpdates.WithCancellation(_ended.Token))
        {
            var now = LiveSilos.Of(snapshot);
            var lost = _live.Except(now).ToList();
            _live = now;
            if (lost.Count > 0)
            {
                _shell.SilosLost(lost);
            }
        }
    }
}
