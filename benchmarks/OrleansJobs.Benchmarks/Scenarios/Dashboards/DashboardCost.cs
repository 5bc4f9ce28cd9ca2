using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Benchmarks.Reporting;

namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>
/// What open dashboards cost a grid of its throughput. Jobs are submitted without a break while the dashboards, in a process of their own,
/// open and close: spans without, with, with, without them are a block, so that what changes steadily meets both alike. Then the same
/// dashboards are open on a grid that is nearly idle, where their own CPU time shows without the noise.
/// </summary>
internal sealed class DashboardCost(WebApplication host, DashboardReaders readers, int jobs)
{
    public const string Name = "dashboards-50";
    private const int Blocks = 60;

    /// <summary>Spans to the jobs of a run: about a second each, the shortest time in which every page gets news.</summary>
    private const int SpansOfARun = 3;

    private const int QuietBlocks = 3;
    private static readonly TimeSpan QuietSpan = TimeSpan.FromSeconds(5);

    /// <summary>Until connections stand, and each has got its first news.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(500);

    private readonly IJobClient _client = host.Services.GetRequiredService<IJobClient>();
    private readonly NoopCounter _counter = host.Services.GetRequiredService<NoopCounter>();

    /// <summary>Measures on a host.</summary>
    /// <param name="built">The host; it is started and ended here.</param>
    /// <param name="jobs">Jobs of a run.</param>
    /// <returns>The change of the time that a job takes, in percent.</returns>
    public static async Task<Figure> RunAsync(WebApplication built, int jobs)
    {
        await using var host = built;
        await host.StartAsync();
        await using var readers = DashboardReaders.Start();
        var cost = new DashboardCost(host, readers, jobs / SpansOfARun);
        var busy = await cost.MeasureBusyAsync();
        await cost.MeasureQuietAsync();
        return new Figure(busy.Percent);
    }

    private async Task<PairedChange> MeasureBusyAsync()
    {
        await using var load = SteadyLoad.Start(_client);
        await BusySpanAsync();
        var (times, costs) = (new List<double>(), new List<double>());
        for (var block = 0; block < Blocks; block++)
        {
            var (without, with) = await BlockAsync(BusySpanAsync);
            times.Add(with.Seconds / without.Seconds);
            costs.Add(with.Cpu / without.Cpu);
        }

        var time = PairedChange.Of(times);
        Console.WriteLine($"  {OpenPages.Count} dashboards: time of a job {time}, CPU of a job {PairedChange.Of(costs)}");
        return time;
    }

    private async Task MeasureQuietAsync()
    {
        await using var load = SteadyLoad.Trickle(_client);
        var extra = new List<double>();
        for (var block = 0; block < QuietBlocks; block++)
        {
            var (without, with) = await BlockAsync(QuietSpanAsync);
            extra.Add((with.Cpu - without.Cpu) / with.Seconds);
        }

        var median = extra.Order().ElementAt(QuietBlocks / 2);
        Console.WriteLine($"  Beside {SteadyLoad.TrickleRate} jobs/s they take {median * 1000:0.0} ms of CPU time a second: {median / Environment.ProcessorCount:P2} of {Environment.ProcessorCount} cores");
    }

    private async Task<(Span Without, Span With)> BlockAsync(Func<Task<Span>> measure)
    {
        await Task.Delay(SettleTime);
        var first = await measure();
        await readers.OpenAsync(new Uri(host.Urls.Single()), OpenPages.Of(await FollowedAsync()));
        await Task.Delay(SettleTime);
        var with = await measure() + await measure();
        await readers.CloseAsync();
        await Task.Delay(SettleTime);
        return (first + await measure(), with);
    }

    private async Task<Span> BusySpanAsync()
    {
        var clock = Clock();
        _counter.Expect(jobs);
        await _counter.AllRan;
        return clock();
    }

    private static async Task<Span> QuietSpanAsync()
    {
        var clock = Clock();
        await Task.Delay(QuietSpan);
        return clock();
    }

    private static Func<Span> Clock()
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        return () => new Span(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private async Task<IEnumerable<JobId>> FollowedAsync()
    {
        var page = await _client.ListAsync(new JobFilter { JobClass = NoopHandler.JobClass }, limit: OpenPages.Jobs);
        return page.Jobs.Select(job => job.Id);
    }

    /// <summary>What a stretch of the run took.</summary>
    /// <param name="Seconds">By the clock.</param>
    /// <param name="Cpu">Seconds of CPU time, of the grid's process.</param>
    private readonly record struct Span(double Seconds, double Cpu)
    {
        public static Span operator +(Span one, Span other) => new(one.Seconds + other.Seconds, one.Cpu + other.Cpu);
    }
}
