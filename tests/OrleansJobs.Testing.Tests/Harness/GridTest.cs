using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Testing.Tests.Sample;

namespace OrleansJobs.Testing.Tests.Harness;

/// <summary>A test on a grid with the class <c>greet</c>.</summary>
public abstract class GridTest : IAsyncLifetime
{
    protected static readonly TimeSpan Backoff = TimeSpan.FromMinutes(1);

    protected Greetings Greetings { get; } = new();

    protected JobTestGrid Grid { get; private set; } = null!;

    public async Task InitializeAsync() => Grid = await JobTestGrid.StartAsync(
        jobs => jobs.AddHandler<GreetHandler>(Greet.Class, greet =>
        {
            greet.Retry = Retry.Fixed(3, Backoff);
            greet.Timeout = TimeSpan.FromMinutes(10);
        }),
        services => services.AddSingleton(Greetings));

    public async Task DisposeAsync() => await Grid.DisposeAsync();

    protected Task<JobHandle> SubmitAsync(string name, SubmitOptions? options = null) =>
        Grid.Jobs.SubmitAsync("greet", new Greet(name), options);
}
