using OrleansJobs;

namespace LearningPlatform.Hosting.Probes;

/// <summary>Behaves as its job says, and leaves a line for each start and end where <see cref="ProbeOptions"/> says.</summary>
internal sealed class ProbeHandler(ProbeEffects effects, ProbeDownstream downstream, TimeProvider time) : IJobHandler<Probe>
{
    private const string Snoozed = "snoozed";
    private static readonly TimeSpan Stubbornness = TimeSpan.FromMinutes(1);

    public static void Configure(JobClassOptions options)
    {
        options.MaxLocalWorkers = 32;
        options.Retry = Retry.Exponential(maxAttempts: 5, firstDelay: TimeSpan.FromMilliseconds(500));
    }

    public async Task<JobResult> HandleAsync(Probe probe, JobContext context)
    {
        effects.Started(context);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(probe.Milliseconds), time, context.CancellationToken);
            var result = await BehaveAsync(probe, context);
            effects.Ended(context);
            return result;
        }
        catch
        {
            effects.Failed(context);
            throw;
        }
    }

    private async Task<JobResult> BehaveAsync(Probe probe, JobContext context) => probe.Behaviour switch
    {
        ProbeBehaviour.Throw => throw new InvalidOperationException("The probe was asked to throw."),
        ProbeBehaviour.ThrowOnce when context.Attempt == 1 => throw new InvalidOperationException("The probe throws once."),
        ProbeBehaviour.Hang => await WaitAsync(Timeout.InfiniteTimeSpan, context.CancellationToken),
        ProbeBehaviour.IgnoreCancellation => await WaitAsync(Stubbornness, CancellationToken.None),
        ProbeBehaviour.LargeResult => JobResult.Success(new string('x', JobLimits.MaxResultBytes)),
        ProbeBehaviour.DeadLetter => JobResult.DeadLetter("The probe was asked for the dead letters."),
        ProbeBehaviour.SnoozeOnce => await SnoozeOnceAsync(context),
        ProbeBehaviour.Contend => await ContendAsync(TimeSpan.FromMilliseconds(probe.Milliseconds), context),
        ProbeBehaviour.KillSilo => Die(),
        _ => JobResult.Success(new { context.Attempt }),
    };

    private async Task<JobResult> WaitAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        await Task.Delay(period, time, cancellationToken);
        return JobResult.Done;
    }

    private async Task<JobResult> ContendAsync(TimeSpan service, JobContext context)
    {
        await downstream.CallAsync(service, context.CancellationToken);
        return JobResult.Done;
    }

    private static async Task<JobResult> SnoozeOnceAsync(JobContext context)
    {
        if (context.LoadCheckpoint<string>() == Snoozed)
        {
            return JobResult.Done;
        }

        await context.SaveCheckpointAsync(Snoozed);
        return JobResult.Snooze(TimeSpan.FromSeconds(1));
    }

    private static JobResult Die()
    {
        Environment.Exit(137);
        return JobResult.Done;
    }
}
