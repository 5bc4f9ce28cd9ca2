using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Hosting.Checks;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting;

/// <summary>
/// The life of a process that hosts the grid: check, start, run, leave; and what it says when it cannot start. Whatever stops a start is told
/// on standard error, a sentence for each fault and no trace, and the exit code is 1.
/// </summary>
public static partial class JobHost
{
    private const int CannotStart = 1;
    private const int CannotStop = 1;

    /// <summary>What a host has beyond its shutdown timeout, so that whoever heeds it ends in order.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Runs a web application that hosts the grid, with the HTTP API, the dashboard and <c>/metrics</c>: all of
    /// <see cref="OrleansJobsHostExtensions.AddOrleansJobsHost"/>, <see cref="OrleansJobsHostExtensions.MapOrleansJobsHost"/> and
    /// <see cref="OrleansJobsHostExtensions.RunJobsAsync"/> in one.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds the engine, the store and the job classes, and whatever else the application has.</param>
    /// <param name="map">Maps what else the application serves.</param>
    /// <returns>The exit code: 0 when the process left as asked, 1 when it could not start, or not stop in time.</returns>
    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> configure, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return RunAsync(() =>
        {
            var builder = WebApplication.CreateBuilder(args);
            builder.AddOrleansJobsHost();
            configure(builder);
            var app = builder.Build();
            app.MapOrleansJobsHost();
            map?.Invoke(app);
            return app;
        });
    }

    /// <summary>Runs a host; what goes wrong while it is built is told like all that stops a start.</summary>
    /// <param name="build">Makes the host, with <c>AddOrleansJobsHost</c> or <c>AddOrleansJobsSettings</c>.</param>
    /// <returns>The exit code: 0 when the process left as asked, 1 when it could not start, or not stop in time.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        FileWatching.Poll();
        IHost host;
        try
        {
            host = build();
        }
        catch (Exception fault)
        {
            return await TellAsync(Assembly.GetEntryAssembly()?.GetName().Name, fault);
        }

        return await RunAsync(host);
    }

    /// <exception cref="InvalidOperationException">The host has neither <c>AddOrleansJobsHost</c> nor <c>AddOrleansJobsSettings</c>.</exception>
    internal static async Task<int> RunAsync(IHost host)
    {
        var log = host.Services.GetService<StartLog>()
            ?? throw new InvalidOperationException("RunJobsAsync needs AddOrleansJobsHost or AddOrleansJobsSettings before.");
        await using var disposal = new Disposal(host);
        log.Hold(host.Services.GetServices<IHostPart>());
        try
        {
            await host.Services.GetRequiredService<HostCheck>().RunAsync();
            await StartAsync(host, log);
        }
        catch (OperationCanceledException) when (host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            // Asked to leave before it had started.
            return Environment.ExitCode;
        }
        catch (Exception fault)
        {
            return await TellAsync(host.Services.GetRequiredService<IHostEnvironment>().ApplicationName, fault);
        }

        log.Open();
        if (await StopsInTimeAsync(host))
        {
            return Environment.ExitCode;
        }

        disposal.LeaveOut();
        return CannotStop;
    }

    /// <summary>
    /// Runs until the host has stopped; false if it has not within its timeout. Not everything heeds that: without its database a silo of Orleans tries for two minutes
    /// to say that it leaves. By then whoever asked for the stop may have lost patience and killed the process.
    /// </summary>
    private static async Task<bool> StopsInTimeAsync(IHost host)
    {
        var stopped = host.WaitForShutdownAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(asked.SetResult);
        await Task.WhenAny(stopped, asked.Task);
        var limit = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + StopGrace;
        var time = host.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        if (await Task.WhenAny(stopped, Task.Delay(limit, time)) == stopped)
        {
            await stopped;
            return true;
        }

        var name = host.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        await Console.Error.WriteLineAsync(
            $"{name} has not stopped within {JobDuration.Format(limit)} and leaves as it is. Jobs that still ran here run again elsewhere, as after a crash.");
        return false;
    }

    private static async Task StartAsync(IHost host, StartLog log)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception fault)
        {
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(JobHost).FullName!);
            LogFault(logger, fault);
            log.Fail();
            await LeaveAsync(host, logger);
            throw;
        }
    }

    /// <summary>Takes down what was up when the start failed, so that its cluster sees a silo leave and its jobs are given back.</summary>
    private static async Task LeaveAsync(IHost host, ILogger logger)
    {
        try
        {
            await host.StopAsync();
        }
        catch (Exception another)
        {
            // What counts is why the start failed.
            LogFault(logger, another);
        }
    }

    private static async Task<int> TellAsync(string? name, Exception fault)
    {
        await Console.Error.WriteLineAsync($"{name} cannot start:{Environment.NewLine}{FaultText.Of(fault)}");
        return CannotStart;
    }

    [LoggerMessage(LogLevel.Debug, "The start failed.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    /// <summary>Disposes of a host as it wants it, unless it cannot be stopped.</summary>
    private sealed class Disposal(IHost host) : IAsyncDisposable
    {
        private bool _isLeftOut;

        public void LeaveOut() => _isLeftOut = true;

        public ValueTask DisposeAsync()
        {
            if (_isLeftOut)
            {
                return ValueTask.CompletedTask;
            }

            if (host is IAsyncDisposable disposable)
            {
                return disposable.DisposeAsync();
            }

            host.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
