using OrleansJobs.Core.Lifecycle.Commands;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Classes;

/// <summary>
/// Looks after the jobs of classes that this process does not have, because a deploy took the class away, say. It takes those that ran on a
/// dead silo from it, which is their dispatcher's work where there is one; deletes ended ones, if it is told how long they are kept; and says which
/// classes they are. It looks at the start, when a silo comes or goes, and now and then while there is something to do: otherwise the store is
/// asked nothing.
/// </summary>
internal sealed partial class UnknownClassWatch(
    IJobStore store,
    JobClassRegistry classes,
    IDeadSilos dead,
    IClusterTurns turns,
    IJobAuthority authority,
    DispatcherNotifier notifier,
    DispatcherOptions options,
    WorkerOptions workers,
    TimeProvider time,
    ILogger<UnknownClassWatch> logger) : BackgroundService
{
    private const int PageSize = 1_000;

    /// <summary>Between two looks at ended jobs.</summary>
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(1);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Background.KeepAsync("The watch over jobs of unknown classes", () => WatchAsync(stoppingToken), logger, time, stoppingToken);

    private async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Taken before the look: what turns meanwhile asks for another.
            var turn = turns.Next;
            var next = await LookAsync(stopping);
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(turn, stopping);
            await Task.Delay(next, time, wake.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at all classes that are not known here; answers when to look again.</summary>
    private async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        var next = Timeout.InfiniteTimeSpan;
        foreach (var (jobClass, counts) in await store.CountAsync())
        {
            if (classes.TryGet(jobClass, out _))
            {
                continue;
            }

            Tell(jobClass, counts);
            if (counts.Running > 0)
            {
                await TakeBackAsync(jobClass, stopping);
                next = options.LeaseTimeout;
            }

            if (workers.UnknownClassRetention > TimeSpan.Zero && counts.Succeeded + counts.DeadLettered + counts.Cancelled > 0)
            {
                await PruneAsync(jobClass, stopping);
                next = next == Timeout.InfiniteTimeSpan ? SweepPeriod : next;
            }
        }

        return next;
    }

    private async Task PruneAsync(string jobClass, CancellationToken stopping)
    {
        while (await store.PruneAsync(jobClass, time.GetUtcNow() - workers.UnknownClassRetention, PageSize) == PageSize)
        {
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task TakeBackAsync(string jobClass, CancellationToken stopping)
    {
        var taken = 0;
        IReadOnlyList<JobRecord> page = [];
        do
        {
            page = await store.ReadRunningAsync(jobClass, page is [.., var last] ? last.Id : null, PageSize);
            foreach (var job in page.Where(job => dead.IsDead(job.Silo ?? "")))
            {
                stopping.ThrowIfCancellationRequested();
                await authority.ExpireAsync(job.Id, new Expire(job.Silo ?? "", job.LeaseToken, SiloIsDead: true));
                taken++;
            }
        }
        while (page.Count == PageSize);

        if (taken > 0)
        {
            LogTaken(logger.Contained(), taken, jobClass);

            // A silo that has the class may be up, and does not know that they wait.
            notifier.Incomplete(jobClass);
        }
    }

    private void Tell(string jobClass, JobCounts counts)
    {
        var open = counts.Scheduled + counts.Queued + counts.Running + counts.Retrying;
        if (open > 0 && _told.Add(jobClass))
        {
            LogUnknown(logger.Contained(), open, jobClass);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The store has {Count} open jobs of the class '{JobClass}', which this host does not have. They wait until a host has it; they can be cancelled or dead-lettered.")]
    private static partial void LogUnknown(ILogger logger, long count, string jobClass);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Count} jobs of the class '{JobClass}', which this host does not have, were taken from silos that are dead.")]
    private static partial void LogTaken(ILogger logger, int count, string jobClass);
}
