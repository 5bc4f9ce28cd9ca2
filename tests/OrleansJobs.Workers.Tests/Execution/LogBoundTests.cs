using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.TestKit.Foreign;

namespace OrleansJobs.Workers.Tests.Execution;

/// <summary>What handlers throw goes into the host's log within a bound, however long it is and however badly it is made.</summary>
public sealed class LogBoundTests
{
    /// <summary>What a line says beside the exception and the stored error.</summary>
    private const int Rest = 1_000;

    private const int MaxLine = 16_384 + JobLimits.MaxErrorMessageLength + Rest;

    [Theory]
    [InlineData("message")]
    [InlineData("inner")]
    [InlineData("type")]
    [InlineData("disposal")]
    public async Task LongException_IsCut(string what)
    {
        var log = new HostileLog(LogFault.None);
        await using var bench = NewBench(log);
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, context) => what switch
        {
            "message" => throw new IOException(new string('x', 1_000_000)),
            "inner" => throw Nested(2_000),
            "type" => throw (Exception)Activator.CreateInstance(LongType(typeof(int), 8))!,
            _ => Disposed(context),
        });

        Assert.Contains(log.Lines, line => line.Contains("Warning", StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.InRange(line.Length, 1, MaxLine));
        Assert.InRange(bench.JobOf(lease).LastError?.Type.Length ?? 0, 0, 512);
    }

    [Fact]
    public async Task ShortException_GoesWhole()
    {
        var log = new HostileLog(LogFault.None);
        await using var bench = NewBench(log);
        await bench.RunAsync(bench.NewLease(), (_, _) => throw new IOException("broken", new FormatException("the cause")));

        Assert.Contains(log.Lines, line => line.Contains("the cause", StringComparison.Ordinal));
    }

    private static Bench NewBench(HostileLog log) => new(grid: jobs => jobs.Services
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log)).AddScoped<LongGoodbye>());

    private static Task<JobResult> Disposed(JobContext context)
    {
        context.Services.GetRequiredService<LongGoodbye>();
        return Task.FromResult(JobResult.Done);
    }

    private static IOException Nested(int depth) =>
        Enumerable.Range(0, depth).Aggregate(new IOException("the innermost"), (inner, level) => new IOException($"level {level}", inner));

    private static Type LongType(Type type, int doublings) => doublings == 0
        ? typeof(Pair<,>).MakeGenericType(type, type)
        : LongType(typeof(Pair<,>).MakeGenericType(type, type), doublings - 1);

    private sealed class Pair<TLeft, TRight> : Exception;

    private sealed class LongGoodbye : IDisposable
    {
        public void Dispose() => throw new IOException(new string('x', 1_000_000));
    }
}
