using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Tells the dispatchers, from this silo, about jobs that changed: many in one call, one call at a time for each class.</summary>
internal sealed class DispatcherNotifier(IDispatchers dispatchers, TimeProvider time, ILogger<ClassNotices> logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ClassNotices> _classes = new(StringComparer.Ordinal);

    /// <summary>The job is new, and waits for its slot or its time.</summary>
    public void Arrived(JobRecord job) => Of(job.JobClass).Waiting(job.ToWaiting(), arrives: true);

    /// <summary>The job waits for its slot or its time, as the dispatcher should know already.</summary>
    public void Waiting(JobRecord job) => Of(job.JobClass).Waiting(job.ToWaiting(), arrives: false);

    /// <summary>Passes on what follows from a stored transition.</summary>
    public void Tell(Transition transition)
    {
        var job = transition.Next;
        if (transition.Effects.HasFlag(Effects.Enqueue))
        {
            Of(job.JobClass).Waiting(job.ToWaiting(), transition.Effects.HasFlag(Effects.Arrive));
        }

        if (transition.Effects.HasFlag(Effects.Withdraw))
        {
            Of(job.JobClass).Withdrawn(job.Id, transition.Effects.HasFlag(Effects.Finish));
        }

        if (transition.Effects.HasFlag(Effects.StopAttempt))
        {
            Of(job.JobClass).Stop(new RequestedStop(job.Id, job.LeaseToken));
        }
    }

    /// <summary>Some notices may not have come to the dispatcher: it has to read the store.</summary>
    public void Incomplete(string jobClass) => Of(jobClass).Incomplete();

    /// <summary>
    /// Passes on new limits, after the jobs that this silo has stored before them: a class that is resumed starts with the job that goes
    /// before all others. A dispatcher that takes no notices for <see cref="LongestWait"/> is given the limits first.
    /// </summary>
    public async Task ApplyAsync(string jobClass, JobClassSettings settings)
    {
        await Of(jobClass).ToldAsync().WaitAsync(LongestWait, time).ContinueWith(static _ => { }, TaskScheduler.Default);
        await dispatchers.ApplyAsync(jobClass, settings);
    }

    private ClassNotices Of(string jobClass) => _classes.GetOrAdd(
        jobClass, static (name, own) => new ClassNotices(own.dispatchers, name, own.time, own.logger), (dispatchers, time, logger));
}
