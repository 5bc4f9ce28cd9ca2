using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Tests.Registration;

public sealed class BindClassesTests
{
    [Fact]
    public void Bind_OverridesWhatCodeRegistered()
    {
        var options = Bind(
            "work:MaxLocalWorkers=16",
            "work:MaxLocalWorkersCeiling=20",
            "WORK:maxconcurrentjobs=100",
            "work:MaxConcurrentJobsPerTenant=10",
            "work:Timeout=90s",
            "work:HeartbeatTimeout=00:00:20",
            "work:Retention=2d",
            "work:Paused=true",
            "work:TenantWeights:acme=3",
            "work:TenantWeights:umbrella=5",
            "work:Retry:MaxAttempts=4",
            "work:Retry:FirstDelay=250ms",
            "work:Retry:Factor=1.5",
            "work:Retry:MaxDelay=5m",
            "work:Retry:Jitter=decorrelated");

        Assert.Equal((16, 20, 100, 10), (options.MaxLocalWorkers, options.MaxLocalWorkersCeiling, options.MaxConcurrentJobs, options.MaxConcurrentJobsPerTenant));
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(20), TimeSpan.FromDays(2)), (options.Timeout, options.HeartbeatTimeout, options.Retention));
        Assert.True(options.Paused);
        Assert.Equal((3, 5), (options.TenantWeights["acme"], options.TenantWeights["umbrella"]));
        Assert.Equal((4, TimeSpan.FromMilliseconds(250), 1.5), (options.Retry.MaxAttempts, options.Retry.FirstDelay, options.Retry.Factor));
        Assert.Equal((TimeSpan.FromMinutes(5), Jitter.Decorrelated), (options.Retry.MaxDelay, options.Retry.Jitter));
        Assert.Equal([typeof(IOException)], options.Retry.NonRetryable);
    }

    [Fact]
    public void Bind_LeavesWhatItDoesNotNameAsItWas()
    {
        var options = Bind("work:MaxLocalWorkers=16");
        Assert.Equal((TimeSpan.FromMinutes(7), 7), (options.Timeout, options.Retry.MaxAttempts));
    }

    [Theory]
    [InlineData("50/s", 50, 1, 5)]
    [InlineData("600/m", 600, 60, 1)]
    [InlineData(" 36000 / h ", 36000, 3600, 1)]
    [InlineData("10/5s", 10, 5, 1)]
    [InlineData("50/s burst 20", 50, 1, 20)]
    public void Bind_OfARate_ReadsItsShortForm(string text, int permits, int seconds, int burst) =>
        Assert.Equal(new Rate(permits, TimeSpan.FromSeconds(seconds), burst), Bind("work:Rate=" + text).Rate);

    [Fact]
    public void Bind_OfARate_ReadsItsLongForm()
    {
        Assert.Equal(new Rate(30, TimeSpan.FromSeconds(10), 4), Bind("work:Rate:Permits=30", "work:Rate:Period=10s", "work:Rate:Burst=4").Rate);
        Assert.Equal(Rate.PerSecond(200), Bind("work:Rate:Permits=200").Rate);
        Assert.True(Bind("work:Rate=unlimited").Rate.IsUnlimited);
    }

    [Fact]
    public void Bind_OfASchedule_ReadsAListOrItems()
    {
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)], Bind("work:Retry:Schedule=1s, 1m").Retry.Schedule);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)], Bind("work:Retry:Schedule:0=2s", "work:Retry:Schedule:1=1h").Retry.Schedule);
    }

    [Fact]
    public void Bind_WithFaults_NamesThemAllWithKeyAndValue()
    {
        var faults = Assert.Throws<InvalidOptionsException>(() => Bind(
            "wrok:MaxLocalWorkers=1",
            "work:MaxWorkers=1",
            "work:MaxLocalWorkers=many",
            "work:Timeout=90",
            "work:Rate=50",
            "work:Paused=yes",
            "work:Retry:MaxTries=3",
            "work:Retry:Jitter=7",
            "work:TenantWeights:acme=heavy",
            "work:MaxConcurrentJobs=-5")).Faults;

        Assert.Equal(10, faults.Count);
        foreach (var key in new[]
        {
            "Classes:wrok", "Classes:work:MaxWorkers", "Classes:work:MaxLocalWorkers is 'many'", "Classes:work:Timeout is '90'",
            "Classes:work:Rate is '50'", "Classes:work:Paused is 'yes'", "Classes:work:Retry:MaxTries", "Classes:work:Retry:Jitter is '7'",
            "Classes:work:TenantWeights:acme is 'heavy'", "work.MaxConcurrentJobs is -5",
        })
        {
            Assert.Contains(faults, fault => fault.Contains(key));
        }
    }

    [Theory]
    [InlineData("work=5")]
    [InlineData("work:Retry=5")]
    [InlineData("work:TenantWeights=5")]
    [InlineData("work:MaxLocalWorkers:Low=5")]
    [InlineData("work:Rate:Speed=5")]
    [InlineData("work:Retry:Schedule=soon")]
    [InlineData("work:Retry:Schedule=1s, -1s")]
    [InlineData("work:Retry:Schedule=,")]
    [InlineData("work:Timeout=")]
    [InlineData("work:Timeout=99999999999d")]
    public void Bind_OfAWrongShape_IsAFault(string setting) =>
        Assert.NotEmpty(Assert.Throws<InvalidOptionsException>(() => Bind(setting)).Faults);

    [Theory]
    [InlineData("work:Timeout=90", "Classes:work:Timeout is '90': a number has no unit; a duration is written like 250ms, 10s, 1h30m, 2d, PT10S or 00:00:10.")]
    [InlineData("work:Timeout=-5s", "Classes:work:Timeout is '-5s': it is negative; a duration is 0 or more.")]
    [InlineData("work:Rate=50", "Classes:work:Rate is '50': it has no period; a rate is written like 100/s, 10/5s, 1/h, 50/s burst 20 or unlimited.")]
    [InlineData(
        "work:Retry:Schedule=1s, 5",
        "Classes:work:Retry:Schedule is '1s, 5', whose '5' is no duration: a number has no unit; a duration is written like 250ms, 10s, 1h30m, 2d, PT10S or 00:00:10.")]
    public void Bind_OfAWrongText_SaysWhatIsWrongWithIt(string setting, string fault) =>
        Assert.Equal([fault], Assert.Throws<InvalidOptionsException>(() => Bind(setting)).Faults);

    [Fact]
    public void BindWorkers_OverridesTimes()
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(jobs => jobs.BindWorkers(Configuration("Workers:DrainTimeout=3s").GetSection("Workers")));
        Assert.Equal(TimeSpan.FromSeconds(3), services.BuildServiceProvider().GetRequiredService<WorkerOptions>().DrainTimeout);

        var wrong = new ServiceCollection();
        wrong.AddOrleansJobs(jobs => jobs.BindWorkers(Configuration("Workers:DrainTimeout=3", "Workers:Drain=1s").GetSection("Workers")));
        var thrown = Assert.Throws<InvalidOptionsException>(() => wrong.BuildServiceProvider().GetRequiredService<WorkerOptions>());
        Assert.Equal(2, thrown.Faults.Count);
    }

    private static JobClassOptions Bind(params string[] settings)
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(jobs => jobs
            .BindClasses(Configuration([.. settings.Select(setting => "Classes:" + setting)]).GetSection("Classes"))
            .AddHandler<Work, WorkHandler>("work", options =>
            {
                options.MaxLocalWorkers = 2;
                options.Timeout = TimeSpan.FromMinutes(7);
                options.Retry = Retry.Exponential(7).DoNotRetry<IOException>();
            }));
        return services.BuildServiceProvider().GetRequiredService<JobClassRegistry>().Get("work").Options;
    }

    private static IConfigurationRoot Configuration(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]))
        .Build();
}
