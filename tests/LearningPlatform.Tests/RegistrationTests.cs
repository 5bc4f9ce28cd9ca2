using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void AddLearningPlatform_RegistersItsClasses_WithTheirLimits()
    {
        using var services = Build(jobs => jobs.AddLearningPlatform());

        var registry = services.GetRequiredService<JobClassRegistry>();

        Assert.Equal(JobClasses.All.Order(), registry.All.Select(jobClass => jobClass.Name).Order());
        Assert.Equal(Math.Max(1, Environment.ProcessorCount / 2), registry.Get("transcode").Options.MaxLocalWorkers);
        Assert.Equal(TimeSpan.FromHours(1), registry.Get("transcode").Options.Timeout);
        Assert.Equal(4, registry.Get("index").Options.MaxConcurrentJobs);
        Assert.Equal(16, registry.Get("email").Options.MaxLocalWorkers);
        Assert.Equal(Rate.PerSecond(100), registry.Get("email").Options.Rate);
    }

    [Fact]
    public void Handlers_CanBeMade_FromTheServices()
    {
        using var services = Build(jobs => jobs.AddLearningPlatform());
        using var scope = services.CreateScope();

        Assert.NotNull(scope.ServiceProvider.GetRequiredService<TranscodeHandler>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<IndexHandler>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<EmailHandler>());
        Assert.IsType<PickupFolder>(scope.ServiceProvider.GetRequiredService<IMailTransport>());
    }

    [Fact]
    public void Configuration_SetsEveryOption()
    {
        var options = Read(
            ("DataDirectory", "/srv/learning"), ("qualities:0", "3"), ("Qualities:1", "11"), ("ChunkBytes", "4096"), ("ChunksPerCheckpoint", "9"),
            ("MaxIndexedBytes", "77"), ("Sender", "a@b.example"), ("Smtp:Host", "mail.example"), ("Smtp:Port", "587"), ("Smtp:UseTls", "true"),
            ("Smtp:UserName", "u"), ("Smtp:Password", "p"));

        Assert.Equal([3, 11], options.Qualities);
        Assert.Equal(new SmtpOptions { Host = "mail.example", Port = 587, UseTls = true, UserName = "u", Password = "p" }, options.Smtp);
        Assert.Equal(("/srv/learning", 4096, 9, 77, "a@b.example"), (options.DataDirectory, options.ChunkBytes, options.ChunksPerCheckpoint, options.MaxIndexedBytes, options.Sender));
    }

    [Fact]
    public void Configuration_TakesQualitiesInOneValue() => Assert.Equal([1, 9], Read(("Qualities", "1, 9")).Qualities);

    [Fact]
    public void Configuration_ThatIsEmpty_LeavesTheDefaults()
    {
        var options = Read();

        Assert.Equal([1, 5, 9], options.Qualities);
        Assert.Null(options.Smtp);
    }

    [Fact]
    public void Configuration_WithFaults_ReportsAllOfThem()
    {
        var faults = Assert.Throws<InvalidOptionsException>(
            () => Read(("ChunkBytes", "many"), ("Quality", "5"), ("Smtp:UseTls", "maybe"), ("Smtp:Server", "x"))).Faults;

        Assert.Equal(4, faults.Count);
        Assert.Contains("LearningPlatform:ChunkBytes is 'many'; it must be a whole number.", faults);
    }

    [Fact]
    public void InvalidOptions_AreRefusedAtOnce() => Assert.Throws<InvalidOptionsException>(
        () => Build(jobs => jobs.AddLearningPlatform(new LearningPlatformOptions { ChunkBytes = 1 })));

    private static ServiceProvider Build(Action<JobGridBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(configure);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static LearningPlatformOptions Read(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>("LearningPlatform:" + value.Key, value.Value)))
            .Build();
        return new LearningPlatformConfiguration(configuration.GetSection("LearningPlatform")).Read();
    }
}
