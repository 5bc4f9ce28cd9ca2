using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard;
using OrleansJobs.Hosting.Checks;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Tests.Checks;

public sealed class HostCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-hosting-").FullName;

    private string Database => Path.Combine(_folder, "jobs.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ValidSettings_Pass_AndHaveTheirSay()
    {
        await using var app = Web(("ShutdownTimeout", "50s"), ("Audit:Changes:MaxAge", "30d"), ("Audit:SignIns:MaxEntries", "5000"));
        await Check(app).RunAsync();
        Assert.Equal(TimeSpan.FromSeconds(50), app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
        var audit = app.Services.GetRequiredService<AuditOptions>();
        Assert.Equal((1_000_000, TimeSpan.FromDays(30)), (audit.Changes.MaxEntries, audit.Changes.MaxAge));
        Assert.Equal((5_000, TimeSpan.FromDays(366)), (audit.SignIns.MaxEntries, audit.SignIns.MaxAge));
        Assert.Equal(new AuditOptions().Refusals, audit.Refusals);
    }

    [Fact]
    public async Task NothingSet_LeavesTheHostMoreTimeThanADrain()
    {
        await using var app = Web();
        await Check(app).RunAsync();
        Assert.Equal(TimeSpan.FromSeconds(40), app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Fact]
    public async Task Faults_OfAllParts_AreToldTogether_EachOnce()
    {
        await using var app = Web(
            ("Clases:email:Rate", "1/s"), ("Classes:email:MaxLocalWorkers", "0"), ("Workers:DrainTimout", "1s"), ("Telemetry:SampleRatio", "2"),
            ("Access:Keys:ci:Role", "root"), ("ShutdownTimeout", "soon"), ("Audit:MaxAge", "30d"), ("Audit:Refusals:MaxEntries", "999"), ("Audit:SignIns:MaxAge", "1h"), ("Cluster:SiloPort", "11111"));
        var faults = await FaultsOf(app);
        Assert.Contains("JobGrid:Clases is not a setting; did you mean JobGrid:Classes?", faults);
        Assert.Contains("email.MaxLocalWorkers is 0; allowed is 1 to 10000.", faults);
        Assert.Contains("JobGrid:Workers:DrainTimout is not a setting; did you mean JobGrid:Workers:DrainTimeout?", faults);
        Assert.Contains("JobGrid:Telemetry:SampleRatio is '2'; allowed is 0 to 1.", faults);
        Assert.Contains("JobGrid:Access:Keys:ci:Role is 'root'; allowed is viewer, operator or admin.", faults);
        Assert.Contains(faults, fault => fault.StartsWith("JobGrid:ShutdownTimeout is 'soon': ", StringComparison.Ordinal));
        Assert.Contains("JobGrid:Audit:MaxAge is not a setting; did you mean JobGrid:Audit:Changes:MaxAge?", faults);
        Assert.Contains("JobGrid:Audit:Refusals:MaxEntries is '999'; allowed is 1000 to 100000000.", faults);
        Assert.Contains("JobGrid:Audit:SignIns:MaxAge is '1h'; allowed is 1d to 3653d.", faults);
        Assert.Contains(faults, fault => fault.StartsWith("JobGrid:Cluster is not a setting; ", StringComparison.Ordinal));
        Assert.Equal(faults.Count, faults.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task ShutdownTimeout_ThatIsNoLongerThanADrain_IsNamed()
    {
        await using var app = Web(("ShutdownTimeout", "29s"));
        Assert.StartsWith("JobGrid:ShutdownTimeout is 29s; it has to be longer than a drain, which takes up to 29s: ", Assert.Single(await FaultsOf(app)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoEngine_IsNamed()
    {
        var builder = Builder([]);
        builder.AddOrleansJobsHost(jobs => jobs.AddHandler<Note, NoteHandler>("email"));
        await using var app = builder.Build();
        Assert.StartsWith("Nothing runs the jobs: ", Assert.Single(await FaultsOf(app)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainHost_KnowsNoHttp()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("JobGrid:Http:Url", (string?)"http://127.0.0.1:1")]);
        builder.AddOrleansJobsHost(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded().UseSqliteJobs(Database);
        using var host = builder.Build();
        Assert.StartsWith("JobGrid:Http is not a setting; ", Assert.Single(await FaultsOf(host)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsAlone_KnowWhatTheApplicationAdded()
    {
        var builder = Builder([("Access:Kyes", "x"), ("Telemetry:Endpoint", "http://127.0.0.1:4317"), ("Http:Url", "http://127.0.0.1:1")]);
        builder.Services.AddOrleansJobs(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded().UseSqliteJobs(Database);
        builder.Services.AddOrleansJobsApi();
        builder.AddOrleansJobsSettings();
        await using var app = builder.Build();
        var faults = await FaultsOf(app);
        Assert.Contains("JobGrid:Access:Kyes is not a setting; did you mean JobGrid:Access:Keys?", faults);
        Assert.Contains(faults, fault => fault.StartsWith("JobGrid:Telemetry is not a setting; ", StringComparison.Ordinal));
        Assert.Contains("JobGrid:Http:Url is 'http://127.0.0.1:1', but this application decides by itself where it listens: leave the setting out.", faults);
    }

    [Fact]
    public async Task SettingsAlone_KnowTelemetry_IfTheApplicationHasIt()
    {
        var builder = Builder([("Telemetry:Endpiont", "http://127.0.0.1:4317"), ("Telemetry:SampleRatio", "0.5")]);
        builder.Services.AddOrleansJobs(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded().UseSqliteJobs(Database);
        builder.Services.AddOrleansJobsTelemetry(new ConfigurationBuilder().Build());
        builder.AddOrleansJobsSettings();
        await using var app = builder.Build();
        Assert.Equal(["JobGrid:Telemetry:Endpiont is not a setting; did you mean JobGrid:Telemetry:Endpoint?"], await FaultsOf(app));
    }

    [Fact]
    public async Task Application_ThatRunsByItself_IsRefusedToo()
    {
        await using var app = Web(("Clases:email:Rate", "1/s"));
        var refused = await Assert.ThrowsAsync<InvalidOptionsException>(() => app.StartAsync());
        Assert.Contains("JobGrid:Clases is not a setting; did you mean JobGrid:Classes?", refused.Faults);
    }

    [Fact]
    public async Task RunJobs_WithoutTheLibrary_IsRefused()
    {
        using var host = new HostBuilder().Build();
        await Assert.ThrowsAsync<InvalidOperationException>(host.RunJobsAsync);
    }

    private static HostCheck Check(IHost host) => host.Services.GetRequiredService<HostCheck>();

    private static async Task<IReadOnlyList<string>> FaultsOf(IHost host) =>
        (await Assert.ThrowsAsync<InvalidOptionsException>(() => Check(host).RunAsync())).Faults;

    private WebApplication Web(params (string Key, string Value)[] settings)
    {
        var builder = Builder(settings);
        builder.AddOrleansJobsHost(jobs => jobs.AddHandler<Note, NoteHandler>("email")).UseEmbedded().UseSqliteJobs(Database);
        return builder.Build();
    }

    private static WebApplicationBuilder Builder(IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings
            .Select(setting => KeyValuePair.Create($"{JobSettings.Section}:{setting.Key}", (string?)setting.Value))
            .Append(KeyValuePair.Create("urls", (string?)"http://127.0.0.1:0")));
        return builder;
    }

    private sealed record Note;

    private sealed class NoteHandler : IJobHandler<Note>
    {
        public Task<JobResult> HandleAsync(Note payload, JobContext context) => Task.FromResult(JobResult.Done);
    }
}
