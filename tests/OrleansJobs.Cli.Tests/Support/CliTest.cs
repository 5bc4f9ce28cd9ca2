using System.Text;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Cli.Tests.Support;

/// <summary>A test that runs the command line in this process against a real API of its own.</summary>
public abstract class CliTest : IAsyncLifetime
{
    private ApiHost? _host;

    internal ApiHost Host => _host!;

    internal InMemoryGrid Grid => Host.Grid;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    internal static async Task<CliResult> RunAsync(CliIo io, string[] args, CancellationToken cancellationToken = default)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await JobsCli.RunAsync(args, io with { Out = output, Error = error }, cancellationToken);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    internal CliIo Io(string input = "") => new()
    {
        In = new MemoryStream(Encoding.UTF8.GetBytes(input)),
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Environment = name => name == "ORLEANSJOBS_URL" ? Host.Url.ToString() : null,
        Time = new HastyTime(),
    };

    internal Task<CliResult> RunAsync(params string[] args) => RunAsync(Io(), args);

    internal Task<CliResult> RunWithInputAsync(string input, params string[] args) => RunAsync(Io(input), args);

    internal async Task<JobId> SubmitAsync(string payload = "{}", SubmitOptions? options = null, string jobClass = "email")
    {
        var outcome = await Grid.SubmitAsync(new JobSubmission
        {
            Id = options?.Id ?? JobId.New(),
            JobClass = jobClass,
            Payload = Encoding.UTF8.GetBytes(payload),
            Options = options ?? SubmitOptions.Default,
        });
        return outcome.Id;
    }

    /// <summary>Ends each job as soon as it is submitted; one whose payload holds "fail" badly.</summary>
    internal void RunJobsAtOnce() => Grid.OnAccepted = job =>
    {
        Grid.Start(job.Id);
        if (Encoding.UTF8.GetString(job.Payload.Span).Contains("fail", StringComparison.Ordinal))
        {
            Grid.Die(job.Id, "it was told to fail");
        }
        else
        {
            Grid.Succeed(job.Id, "{\"ok\":true}");
        }
    };
}
