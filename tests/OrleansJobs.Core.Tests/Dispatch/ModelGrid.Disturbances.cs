namespace OrleansJobs.Core.Tests.Dispatch;

/// <content>What happens to the grid besides its work.</content>
internal sealed partial class ModelGrid
{
    private static void Repeat(ModelSilo silo) => silo.Completions.AddRange(silo.OldCompletions.TakeLast(3));

    private void Kill(ModelSilo silo)
    {
        _silos.Remove(silo);
        _expiring.AddRange(_dispatcher.SiloLost(silo.Name, _now));
        _checker.Died(silo, _expiring);
        AddSilo(silo.Permits);
    }

    private void Drain(ModelSilo silo, bool draining)
    {
        silo.Draining = draining;
        Exchange(silo, renew: false, lost: false);
    }

    private void Change(int which)
    {
        Silo(which).Permits = which % 6;
        Apply(new JobClassSettings
        {
            Revision = _settings.Revision + 1,
            MaxConcurrentJobs = which % 5,
            MaxConcurrentJobsPerTenant = which / 5 % 4,
            Rate = which % 3 == 0 ? Rate.PerSecond(1 + (which % 4), burst: 2) : Rate.Unlimited,
            TenantWeights = new Dictionary<string, int> { ["t1"] = 1 + (which % 9) },
            Paused = which % 13 == 0,
        });
    }

    private void Apply(JobClassSettings settings)
    {
        _settings = settings;
        _checker.NewRate();
        _dispatcher.Apply(settings, _now);
        _silos.ForEach(silo => Exchange(silo, renew: false, lost: false));
    }

    private void Cancel(int which)
    {
        if (AnyJob(which) is not { } job)
        {
            return;
        }

        if (job.Waiting.State.IsWaiting())
        {
            job.Move(JobState.Cancelled, job.Waiting.DueAt);
            _dispatcher.Withdraw(job.Waiting.Id);
        }
        else
        {
            _dispatcher.RequestStop(job.Waiting.Id);
        }
    }

    private void Hurry(int which)
    {
        if (AnyJob(which) is { Waiting.State: not JobState.Running } job)
        {
            job.Move(JobState.Queued, _now);
            _dispatcher.Add(job.Waiting, _now);
        }
    }

    private ModelJob? AnyJob(int which) => _ids == 0 ? null : _store[new JobId(new Guid(1 + (which % _ids), 0, 0, new byte[8]))];
}
