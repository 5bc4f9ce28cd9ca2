using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Shell;

/// <summary>One call of a handler, with its timeout: it returns first, or is given up and overstays.</summary>
/// <param name="silo">Where it runs.</param>
/// <param name="attempt">The attempt.</param>
/// <param name="job">The job as it was started.</param>
/// <param name="ended">Hears, once, with what it returned (null: nothing but that it was stopped, or that it was given up), and why it was stopped.</param>
internal sealed class HandlerRun(Silo silo, Attempt attempt, JobRecord job, Action<HandlerPlan?, CancellationCause> ended)
{
    private readonly HandlerPlan _plan = HandlerPlan.Of(silo.World.Scenario, job.Id, job.JobClass, job.LeaseToken);
    private bool _hasReturned;
    private bool _isSettled;
    private bool _hasGrace;

    private World World => silo.World;

    public void Begin()
    {
        World.History.Add(new HandlerBegan(silo.Name, job.Id, job.JobClass, job.Tenant, job.LeaseToken));
        attempt.OnStop = Stopping;
        silo.After(World.Scenario.Class(job.JobClass).Timeout, () => TimeOut());
        silo.After(_plan.Duration, End);
        if (_plan.Reports)
        {
            silo.After(_plan.Duration / 2, Report);
        }
    }

    private void End()
    {
        if (_plan.Result != HandlerResult.EndSilo)
        {
            Return(_plan, "its result: " + _plan.Result);
        }
        else if (!_hasReturned)
        {
            World.History.Add(new SiloEnded(silo.Name, job.Id, job.JobClass, job.LeaseToken));
            World.Cluster.CrashAndReplace(silo);
        }
    }

    private void TimeOut()
    {
        if (!_hasReturned)
        {
            attempt.Stop(CancellationCause.Timeout);
            GiveUpAfter(Times.HandlerGracePeriod);
        }
    }

    private void Stopping(CancellationCause cause)
    {
        if (_hasReturned)
        {
            return;
        }

        World.History.Add(new HandlerStopped(silo.Name, job.Id, job.JobClass, job.LeaseToken, cause));
        if (_plan.Heeds)
        {
            silo.After(_plan.Reaction, () => Return(null, "it was stopped"));
        }

        if (cause is CancellationCause.Timeout or CancellationCause.HeartbeatTimeout)
        {
            GiveUpAfter(Times.HandlerGracePeriod);
        }
        else if (cause == CancellationCause.Draining)
        {
            GiveUpAfter(Times.DrainGracePeriod);
        }
    }

    private void Return(HandlerPlan? end, string how)
    {
        if (_hasReturned)
        {
            return;
        }

        _hasReturned = true;
        World.History.Add(new HandlerReturned(silo.Name, job.Id, job.JobClass, job.LeaseToken, how));
        if (_isSettled)
        {
            attempt.Overstays = false;
            attempt.OnReturn?.Invoke();
        }
        else
        {
            _isSettled = true;
            ended(end, attempt.Cause);
        }
    }

    private void GiveUpAfter(TimeSpan grace)
    {
        if (_hasGrace)
        {
            return;
        }

        _hasGrace = true;
        silo.After(grace, () =>
        {
            if (!_isSettled)
            {
                (_isSettled, attempt.Overstays) = (true, true);
                ended(null, attempt.Cause);
            }
        });
    }

    private void Report()
    {
        if (!_hasReturned)
        {
            World.Grains.Call<JobActivation, ReportReply>(
                silo, GrainKey.Of(job.Id), (grain, responder) => grain.Report(job.LeaseToken, 0.5, responder), Reported, () => { });
        }
    }

    private void Reported(ReportReply reply)
    {
        if (_isSettled)
        {
            return;
        }

        if (reply.Verdict is not (Verdict.Applied or Verdict.Repeated))
        {
            attempt.Stop(CancellationCause.LeaseLost);
        }
        else if (reply.CancelRequested)
        {
            attempt.Stop(CancellationCause.Cancelled);
        }
    }
}
