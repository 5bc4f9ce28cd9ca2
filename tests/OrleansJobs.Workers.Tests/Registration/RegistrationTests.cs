using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Tests.Registration;

public sealed partial class RegistrationTests
{
    [Fact]
    public void AddOrleansJobs_CalledAgain_AddsUp()
    {
        var services = new ServiceCollection();
        services.AddSingleton<WorkScript>();
        services.AddOrleansJobs(jobs => jobs.AddHandler<Work, WorkHandler>("a", options => options.MaxLocalWorkers = 3));
        services.AddOrleansJobs(jobs => jobs
            .AddHandler<Work, WorkHandler>("b")
            .ConfigureClass("a", options => options.MaxConcurrentJobs = 9));
        var registry = services.BuildServiceProvider().GetRequiredService<JobClassRegistry>();

        Assert.Equal(["a", "b"], registry.All.Select(jobClass => jobClass.Name));
        Assert.Equal((3, 9), (registry.Get("a").Options.MaxLocalWorkers, registry.Get("a").Options.MaxConcurrentJobs));
        Assert.Equal((typeof(Work), typeof(WorkHandler)), (registry.Get("b").PayloadType, registry.Get("b").HandlerType));
    }

    [Fact]
    public void Get_OfAnUnknownClass_Throws()
    {
        var registry = Build(jobs => jobs.AddHandler<Work, WorkHandler>("a"));
        Assert.Equal("b", Assert.Throws<UnknownJobClassException>(() => registry.Get("b")).JobClass);
        Assert.False(registry.TryGet("b", out _));
    }

    [Fact]
    public async Task Start_WithFaults_NamesThemAll()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOrleansJobs(jobs => jobs
            .AddHandler<Work, WorkHandler>("a", options => (options.MaxLocalWorkers, options.Timeout) = (0, TimeSpan.Zero))
            .AddHandler<Work, WorkHandler>("b", options => options.TenantWeights["acme"] = 0)
            .AddHandler<Work, OtherHandler>("b")
            .ConfigureClass("c", _ => { })
            .ConfigureWorkers(workers => workers with { LeaseTimeout = TimeSpan.FromSeconds(5), DrainTimeout = TimeSpan.FromSeconds(-1) }));
        using var host = builder.Build();
        var faults = (await Assert.ThrowsAsync<InvalidOptionsException>(() => host.StartAsync())).Faults;

        Assert.Contains(faults, fault => fault.Contains("a.MaxLocalWorkers"));
        Assert.Contains(faults, fault => fault.Contains("a.Timeout"));
        Assert.Contains(faults, fault => fault.Contains("acme"));
        Assert.Contains(faults, fault => fault.Contains("'b' has two handlers"));
        Assert.Contains(faults, fault => fault.Contains("'c' is configured but has no handler"));
        Assert.Contains(faults, fault => fault.Contains("StartTimeout"));
        Assert.Contains(faults, fault => fault.Contains("RenewPeriod"));
        Assert.Contains(faults, fault => fault.Contains("DrainTimeout is -00:00:01"));
        Assert.Equal(8, faults.Count);
    }

    [Fact]
    public void WorkerOptions_ByDefault_AreValid() => Assert.Empty(new WorkerOptions().Check());

    [Fact]
    public async Task UseJson_WithASourceGeneratedContext_NeedsNoReflection()
    {
        await using var bench = new Bench(grid: grid => grid.UseJson(new JsonSerializerOptions { TypeInfoResolver = WorkJson.Default }));
        var lease = bench.NewLease("""{"Name":"generated"}""");
        string? name = null;
        await bench.RunAsync(lease, (work, _) =>
        {
            name = work.Name;
            return Task.FromResult(JobResult.Success(work));
        });
        Assert.Equal(("generated", JobState.Succeeded), (name, bench.JobOf(lease).State));
    }

    [Fact]
    public void UseJson_WithAContextThatLacksAPayload_IsAFault()
    {
        var thrown = Assert.Throws<InvalidOptionsException>(() => Build(jobs => jobs
            .AddHandler<Work, WorkHandler>("a")
            .UseJson(new JsonSerializerOptions { TypeInfoResolver = NumberJson.Default })));
        Assert.Contains("Work, which the JSON options", Assert.Single(thrown.Faults));
    }

    private static JobClassRegistry Build(Action<JobGridBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(configure);
        return services.BuildServiceProvider().GetRequiredService<JobClassRegistry>();
    }

    private sealed class OtherHandler : IJobHandler<Work>
    {
        public Task<JobResult> HandleAsync(Work payload, JobContext context) => Task.FromResult(JobResult.Done);
    }

    [JsonSerializable(typeof(Work))]
    private sealed partial class WorkJson : JsonSerializerContext;

    [JsonSerializable(typeof(int))]
    private sealed partial class NumberJson : JsonSerializerContext;
}
