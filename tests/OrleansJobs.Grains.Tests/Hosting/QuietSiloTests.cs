using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;

namespace OrleansJobs.Grains.Tests.Hosting;

/// <summary>What a silo logs about jobs that just run.</summary>
public sealed class QuietSiloTests
{
    private const int Jobs = 300;
    private const string Polly = "Polly";

    [Fact]
    public async Task Jobs_ThatSucceed_AreNotToldOneByOne()
    {
        var lines = await RunAsync(logging => logging.SetMinimumLevel(LogLevel.Information));

        Assert.True(lines.Count(LogLevel.Information) < Jobs / 10, lines.ToString());
    }

    [Fact]
    public async Task Placements_AreToldWhereTheApplicationAsksForThem()
    {
        var lines = await RunAsync(logging => logging.SetMinimumLevel(LogLevel.Information).AddFilter(Polly, LogLevel.Debug));

        Assert.True(lines.Count(LogLevel.Debug, Polly) >= Jobs, lines.ToString());
        Assert.Equal(0, lines.Count(LogLevel.Information, Polly));
    }

    private static async Task<LineCounter> RunAsync(Action<ILoggingBuilder> logging)
    {
        var lines = new LineCounter();
        await using var engine = new OrleansSqliteEngine();
        using var host = await engine.StartAsync(jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class), builder =>
        {
            builder.Services.AddSingleton(new Script());
            builder.Logging.ClearProviders().AddProvider(lines);
            logging(builder.Logging);
        });
        lines.Clear();
        await RunJobsAsync(host.Services.GetRequiredService<IJobClient>());
        await host.StopAsync();
        return lines;
    }

    private static async Task RunJobsAsync(IJobClient client)
    {
        var submissions = Enumerable.Range(0, Jobs).Select(_ => client.Describe(ScriptedJob.Class, new ScriptedJob("quiet"))).ToList();
        foreach (var outcome in await client.SubmitManyAsync(submissions))
        {
            Assert.Equal(JobState.Succeeded, (await client.GetHandle(outcome.Id).WaitAsync()).State);
        }
    }
}
