using Microsoft.Extensions.Logging;

namespace OrleansJobs.Workers;

/// <summary>The times by which a silo runs its jobs; the same for all classes.</summary>
public sealed record WorkerOptions
{
    /// <summary>Shortest lease that may be configured; the dispatchers, which keep the leases, accept none below it either.</summary>
    public static readonly TimeSpan MinLeaseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Longest lease that may be configured, and the upper bound of every time here but <see cref="DrainTimeout"/>.</summary>
    public static readonly TimeSpan MaxLeaseTimeout = TimeSpan.FromHours(1);

    /// <summary>Longest drain that may be configured.</summary>
    public static readonly TimeSpan MaxDrainTimeout = TimeSpan.FromDays(1);

    /// <summary>After this long without renewal a dispatcher takes a lease back; from 1 s to 1 h. 30 s by default.</summary>
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A lease that has waited here this long without a start is given back; shorter than <see cref="LeaseTimeout"/>. 10 s by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Held leases are renewed this often. 10 s by default, a third of <see cref="LeaseTimeout"/>.</summary>
    public TimeSpan RenewPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An exchange that does not wait for leases is repeated when it has no answer for this long. 5 s by default.</summary>
    public TimeSpan ExchangeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Attempts whose lease could not be renewed are stopped this long before <see cref="LeaseTimeout"/> runs out, so that another silo
    /// does not run the job beside this one. 5 s by default; with <see cref="RenewPeriod"/> and <see cref="ExchangeTimeout"/> at most
    /// <see cref="LeaseTimeout"/>.
    /// </summary>
    public TimeSpan FenceMargin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its last renewal a lease is given up, and no handler begins under it.</summary>
    internal TimeSpan FenceAge => LeaseTimeout - FenceMargin;

    /// <summary>A draining silo lets running jobs go on for this long; up to 1 day. 25 s by default. The host's shutdown timeout has to be longer.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>What a handler then has, after its token fired, to end before its job is given back without it. 2 s by default.</summary>
    public TimeSpan DrainGracePeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a draining silo then has to store and report the last outcomes. 2 s by default.</summary>
    public TimeSpan ReleaseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What a handler has, after its timeout fired, to end before its attempt is failed without it. The job then moves on; the slot stays
    /// taken until the handler returns. 5 s by default.
    /// </summary>
    public TimeSpan UnresponsiveHandlerGracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An attempt's progress is stored at most this often. 1 s by default.</summary>
    public TimeSpan ReportPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What handlers write to <see cref="JobContext.Logger"/> at this level or above is kept with the job, beside where the host's log goes;
    /// <see cref="LogLevel.None"/> keeps nothing. <see cref="LogLevel.Information"/> by default.
    /// </summary>
    public LogLevel JobLogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// Lines of running attempts are stored this often, those of all attempts together; when an attempt ends, soon after it. 500 ms by
    /// default.
    /// </summary>
    public TimeSpan JobLogPeriod { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long ended jobs are kept whose class this host does not have; zero, the default, keeps them until a host has it. Only for where all
    /// hosts have the same classes: a host does not know how long others keep the jobs of theirs.
    /// </summary>
    public TimeSpan UnknownClassRetention { get; init; }

    /// <summary>Every fault of these options, each with the key, the value and the range; empty when they are valid.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> faults = [];
        Range(nameof(LeaseTimeout), LeaseTimeout, MinLeaseTimeout, MaxLeaseTimeout, faults);
        Range(nameof(StartTimeout), StartTimeout, TimeSpan.FromMilliseconds(1), MaxLeaseTimeout, faults);
        Range(nameof(RenewPeriod), RenewPeriod, TimeSpan.FromMilliseconds(1), MaxLeaseTimeout, faults);
        Range(nameof(ExchangeTimeout), ExchangeTimeout, TimeSpan.FromMilliseconds(1), MaxLeaseTimeout, faults);
        Range(nameof(FenceMargin), FenceMargin, TimeSpan.Zero, MaxLeaseTimeout, faults);
        Range(nameof(DrainTimeout), DrainTimeout, TimeSpan.Zero, MaxDrainTimeout, faults);
        Range(nameof(DrainGracePeriod), DrainGracePeriod, TimeSpan.Zero, MaxLeaseTimeout, faults);
        Range(nameof(ReleaseTimeout), ReleaseTimeout, TimeSpan.Zero, MaxLeaseTimeout, faults);
        Range(nameof(UnresponsiveHandlerGracePeriod), UnresponsiveHandlerGracePeriod, TimeSpan.Zero, MaxLeaseTimeout, faults);
        Range(nameof(ReportPeriod), ReportPeriod, TimeSpan.Zero, MaxLeaseTimeout, faults);
        Range(nameof(JobLogPeriod), JobLogPeriod, TimeSpan.FromMilliseconds(1), MaxLeaseTimeout, faults);
        Range(nameof(UnknownClassRetention), UnknownClassRetention, TimeSpan.Zero, JobLimits.MaxRetention, faults);
        if (!Enum.IsDefined(JobLogLevel))
        {
            faults.Add($"Workers:{nameof(JobLogLevel)} is {JobLogLevel}; it has to be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        }

        CheckOrder(faults);
        return faults;
    }

    private void CheckOrder(List<string> faults)
    {
        if (StartTimeout >= LeaseTimeout)
        {
            faults.Add($"Workers:StartTimeout is {StartTimeout}; it has to be shorter than LeaseTimeout ({LeaseTimeout}).");
        }

        if (RenewPeriod + ExchangeTimeout + FenceMargin > LeaseTimeout)
        {
            faults.Add($"Workers:RenewPeriod ({RenewPeriod}), ExchangeTimeout ({ExchangeTimeout}) and FenceMargin ({FenceMargin}) are "
                + $"{RenewPeriod + ExchangeTimeout + FenceMargin} together; they have to fit into LeaseTimeout ({LeaseTimeout}).");
        }
    }

    private static void Range(string key, TimeSpan value, TimeSpan from, TimeSpan to, List<string> faults)
    {
        if (value < from || value > to)
        {
            faults.Add($"Workers:{key} is {value}; it has to be from {from} to {to}.");
        }
    }
}
