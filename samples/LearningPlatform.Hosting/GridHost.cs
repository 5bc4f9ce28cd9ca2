using OrleansJobs;
using OrleansJobs.Dashboard;

namespace LearningPlatform.Hosting;

/// <summary>The life of a host's process: start, run, leave; and what it says when it cannot start.</summary>
public static partial class GridHost
{
    private const int Left = 0;
    private const int CannotStart = 1;

    /// <summary>Runs until the process is asked to leave.</summary>
    /// <returns>The exit code: 0 when it left as asked, 1 when it could not start.</returns>
    public static async Task<int> RunAsync(string[] args, IHostEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var log = new StartLog(engine.StartLayers);
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            var setup = new GridHostSetup(GridHostOptions.Read(builder.Configuration, engine), engine);
            setup.Configure(builder);
            log.Watch(builder.Services);
            await using var app = builder.Build();
            app.MapOrleansJobsApi();
            app.MapOrleansJobsHealth();
            app.MapOrleansJobsDashboard();
            app.MapOrleansJobsMetrics();
            engine.Map(app);
            await setup.CheckAsync(app.Services);
            await StartAsync(app, log);
            log.Open();
            await app.WaitForShutdownAsync();
            return Left;
        }
        catch (OperationCanceledException) when (!log.IsOpen)
        {
            // Asked to leave before it had started.
            return Left;
        }
        catch (Exception fault) when (!log.IsOpen)
        {
            await Console.Error.WriteLineAsync($"The {engine.Name} cannot start:{Environment.NewLine}{Sentence(fault)}");
            return CannotStart;
        }
    }

    private static async Task StartAsync(WebApplication app, StartLog log)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault)
        {
            LogFault(app.Logger, fault);
            log.Fail();
            await LeaveAsync(app);
            throw;
        }
    }

    /// <summary>Takes down what was up when the start failed, so that its cluster sees a silo leave and its jobs are given back.</summary>
    private static async Task LeaveAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception another)
        {
            // What counts is why the start failed.
            LogFault(app.Logger, another);
        }
    }

    private static string Sentence(Exception fault)
    {
        if (fault is JobsException)
        {
            return fault.Message;
        }

        var outer = fault is AggregateException { InnerException: { } first } ? first : fault;
        var cause = outer.GetBaseException();
        return OneLine(outer.Message.Contains(cause.Message, StringComparison.OrdinalIgnoreCase) ? outer.Message : $"{outer.Message} Cause: {cause.Message}");
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    [LoggerMessage(LogLevel.Debug, "The start failed.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
