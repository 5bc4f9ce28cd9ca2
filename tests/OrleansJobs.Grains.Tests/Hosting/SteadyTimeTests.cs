using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Grains.Hosting;
using OrleansJobs.TestKit;

namespace OrleansJobs.Grains.Tests.Hosting;

public sealed class SteadyTimeTests
{
    private readonly SettableClock _clock = new();

    [Theory]
    [InlineData(TimeProviderNames.Membership)]
    [InlineData(TimeProviderNames.SystemTimers)]
    [InlineData(TimeProviderNames.Messaging)]
    [InlineData(TimeProviderNames.ActivationManagement)]
    [InlineData(TimeProviderNames.GrainDirectory)]
    public void ClockOfAPartOfOrleans_IsNotMovedByTheWallClock(string part)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        SteadyTimeProvider.Add(services);
        using var provider = services.BuildServiceProvider();
        var time = provider.GetRequiredKeyedService<TimeProvider>(part);
        var before = time.GetUtcNow();

        _clock.Offset = TimeSpan.FromMinutes(-10);

        Assert.InRange(time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void ClockThatTheApplicationChose_Stays()
    {
        var chosen = new SettableClock();
        var services = new ServiceCollection();
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Membership, chosen);
        SteadyTimeProvider.Add(services);
        using var provider = services.BuildServiceProvider();

        Assert.Same(chosen, provider.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership));
    }
}
