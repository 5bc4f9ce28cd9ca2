using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansJobs.ProcessKit;
using OrleansJobs.TestKit;
using OrleansJobs.TestKit.Otlp;

namespace OrleansJobs.Aspire.Tests;

/// <summary>The example's programs in real processes, told what an app host would tell them.</summary>
[Collection(ProcessTest.Processes)]
[Trait("Category", "Slow")]
public sealed partial class ExampleTests(SharedPostgres postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleansjobs-aspire");
    private readonly List<ChildProcess> _processes = [];

    [SkippableFact]
    public async Task Job_OfThePortal_RunsOnOneOfTwoSilos_AndIsOneTrace()
    {
        await using var collector = await Collector.StartAsync();
        using var portal = await StartAllAsync(await postgres.GetAsync(), silos: 2, collector);
        using var answer = await portal.PostAsync(new Uri("/welcome/ada", UriKind.Relative), null);
        var job = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        await Clock.UntilAsync("the job has succeeded", Patience, async () =>
            (string?)(await portal.GetFromJsonAsync<JsonNode>($"/jobs/{job}"))!["state"] == "Succeeded");
        string[] spans = ["POST /welcome/{student}", "send email", "process email"];
        await Clock.UntilAsync("its spans are there", Patience, () => spans.All(name => collector.Spans.Any(span => span.Name == name)));
        await Clock.UntilAsync("measures are there", Patience, () => collector.Metrics.Any(metric => metric.Scope == "OrleansJobs"));

        Assert.Single(spans.Select(name => collector.Spans.Single(span => span.Name == name).TraceId).Distinct());
        Assert.NotEmpty(_folder.GetFiles("*.eml", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public async Task Health_WithoutADatabase_IsRefusedWithTheReasonInTheLog_AndComesBack()
    {
        var server = await postgres.GetAsync();
        Skip.IfNot(server.IsOwn, "Only a server of the tests' own can be stopped.");
        using var portal = await StartAllAsync(server, silos: 1);

        await server.StopAsync();
        await Clock.UntilAsync("the portal is not healthy", Patience, async () => await StatusAsync(portal, "/health") == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "/alive"));
        await Clock.UntilAsync("the log says why", Patience, async () =>
            await StatusAsync(portal, "/health") == HttpStatusCode.ServiceUnavailable && Reason().IsMatch(_processes[^1].Output()));

        await server.RestartAsync();
        await WhenAsync("the portal is healthy again", portal);
    }

    // The console's logger writes on a thread of its own, after the answer.
    [GeneratedRegex("OrleansJobs_jobsdb with status Unhealthy .*The job store in PostgreSQL at .* does not answer", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reason();

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    /// <summary>In the order that the app host keeps; the answer is the portal.</summary>
    private async Task<HttpClient> StartAllAsync(PostgresServer server, int silos, Collector? collector = null)
    {
        var database = await server.CreateDatabaseAsync();
        var started = Enumerable.Range(0, silos).Select(_ => Start("Silo", database, collector)).ToList();
        foreach (var silo in started)
        {
            await WhenAsync("a silo is healthy", silo);
            silo.Dispose();
        }

        var portal = Start("Portal", database, collector);
        await WhenAsync("the portal is healthy", portal);
        return portal;
    }

    private HttpClient Start(string program, string database, Collector? collector)
    {
        var http = new Uri($"http://127.0.0.1:{Ports.Next()}");
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = http.ToString(),
            ["ConnectionStrings__jobsdb"] = database,
            ["Aspire__OrleansJobs__Schema"] = "grid",
            ["Orleans__Endpoints__SiloPort"] = $"{Ports.Next()}",
            ["Orleans__Endpoints__GatewayPort"] = $"{Ports.Next()}",
            ["LearningPlatform__DataDirectory"] = _folder.FullName,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector?.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            ["OTEL_SERVICE_NAME"] = program,
        };
        var log = Path.Combine(_folder.FullName, $"{_processes.Count}-{program}.log");
        _processes.Add(ChildProcess.Start(log, environment, "dotnet", BuiltAt(program)));
        return new HttpClient { BaseAddress = http };
    }

    private static string BuiltAt(string program) => typeof(ExampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == program).Value!;

    private async Task WhenAsync(string what, HttpClient http)
    {
        try
        {
            await Clock.UntilAsync(what, Patience, async () =>
            {
                Assert.All(_processes, process => Assert.False(process.HasExited, process.Tail()));
                return await StatusAsync(http, "/health") == HttpStatusCode.OK;
            });
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(string.Join(Environment.NewLine, [late.Message, .. _processes.Select(process => process.Tail())]), late);
        }
    }

    /// <summary>What is answered; null while nobody does.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
