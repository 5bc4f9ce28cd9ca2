using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Grains.Hosting;

/// <summary>
/// A time that begins as the wall clock's and goes on as time does. Orleans 10.4.2 waits for its probes and its other rounds until a time of the wall clock
/// (<c>AsyncTimer</c>): set back by ten minutes, that finds no dead silo for ten minutes. So the parts of Orleans that only measure durations are given this one.
/// </summary>
internal sealed class SteadyTimeProvider(TimeProvider inner) : TimeProvider
{
    private static readonly string[] Parts =
    [
        TimeProviderNames.Membership, TimeProviderNames.SystemTimers, TimeProviderNames.Messaging, TimeProviderNames.ActivationManagement,
        TimeProviderNames.GrainDirectory,
    ];

    private readonly DateTimeOffset _began = inner.GetUtcNow();
    private readonly long _beganAt = inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    /// <summary>Gives it to Orleans, except where the application has chosen a clock.</summary>
    public static void Add(IServiceCollection services)
    {
        foreach (var part in Parts)
        {
            if (!services.Any(service => service.ServiceType == typeof(TimeProvider) && Equals(service.ServiceKey, part)))
            {
                services.AddKeyedSingleton<TimeProvider>(part, static (provider, _) => new SteadyTimeProvider(provider.GetRequiredService<TimeProvider>()));
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => _began + inner.GetElapsedTime(_beganAt);

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
