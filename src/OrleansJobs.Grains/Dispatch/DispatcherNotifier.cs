using System.Collections.Concurrent;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Tells the dispatchers, from this silo, about jobs that changed: many in one call, one call at a time for each class.</summary>
internal sealed class DispatcherNotifier(ClassNoticeFactory notices)
{
    private readonly ConcurrentDictionary<string, ClassNotices> _classes = new(StringComparer.Ordinal);

    /// <summary>The job waits for its slot or its time.</summary>
    public void Waiting(JobRecord job) => Of(job.JobClass).Waiting(job.ToWaiting());

    /// <summary>Passes on what follows from a stored transition.</summary>
    public void Tell(Transition transition)
    {
        var job = transition.Next;
        if (transition.Effects.HasFlag(Effects.Enqueue))
        {
            Waiting(job);
        }

        if (transition.Effects.HasFlag(Effects.Withdraw))
        {
            Of(job.JobClass).Withdrawn(job.Id, transition.Effects.HasFlag(Effects.Finish));
        }

        if (transition.Effects.HasFlag(Effects.StopAttempt))
        {
            Of(job.JobClass).Stop(job.Id);
        }
    }

    private ClassNotices Of(string jobClass) => _classes.GetOrAdd(jobClass, notices.Create);
}
