using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using OrleansJobs.Cli.Tests.Support;
using OrleansJobs.GridClient;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Tests.Api;

/// <summary>The client that the command line and the demo share does what the API's document says.</summary>
public sealed class GridApiTests : CliTest
{
    private const string SchemaPath = "#/components/schemas/";
    private static readonly BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Calls =>
        new(typeof(GridApi).GetMethods(Own).Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)).Select(method => method.ToString()!));

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_IsAnOperationOfTheDocument(string name)
    {
        var call = typeof(GridApi).GetMethods(Own).Single(method => method.ToString() == name);
        using var wire = new Recorder();
        using var api = new GridApi(Host.Url, key: null, wire);

        await Assert.ThrowsAsync<RefusedException>(() => (Task)call.Invoke(api, [.. call.GetParameters().Select(Sample)])!);

        var operation = await OperationAsync(wire.Sent!);
        Assert.Equal(NameOf(call.ReturnType), AnswerOf(operation));
        var known = (operation["parameters"]?.AsArray() ?? []).Select(parameter => (string)parameter!["name"]!);
        Assert.Empty(System.Web.HttpUtility.ParseQueryString(wire.Sent!.RequestUri!.Query).AllKeys.Except(known));
        Assert.Equal(wire.Sent.Content is not null, operation["requestBody"] is not null);
    }

    private async Task<JsonNode> OperationAsync(HttpRequestMessage sent)
    {
        using var http = new HttpClient { BaseAddress = Host.Url };
        var paths = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        var path = paths.Where(path => Fits(path.Key.Split('/'), sent.RequestUri!.AbsolutePath.Split('/')))
            .OrderBy(path => path.Key.Count(letter => letter == '{')).FirstOrDefault();
        return path.Value?[sent.Method.Method.ToLowerInvariant()] ?? throw new InvalidOperationException($"The document has no {sent.Method} {sent.RequestUri}.");
    }

    private static bool Fits(string[] pattern, string[] path) =>
        pattern.Length == path.Length && pattern.Zip(path).All(part => part.First == part.Second || part.First.StartsWith('{'));

    private static string AnswerOf(JsonNode operation)
    {
        var answer = operation["responses"]!.AsObject().First(answer => answer.Key.StartsWith('2')).Value!;
        var schema = answer["content"]?["application/json"]?["schema"];
        return schema is null ? "" : (string?)schema["$ref"] is { } one ? one[SchemaPath.Length..] : $"{((string)schema["items"]!["$ref"]!)[SchemaPath.Length..]}[]";
    }

    private static string NameOf(Type task) => task.GenericTypeArguments switch
    {
        [] => "",
        [{ IsGenericType: true } list] => $"{list.GenericTypeArguments[0].Name}[]",
        [var one] => one.Name,
        _ => throw new InvalidOperationException($"{task} is no task of one answer."),
    };

    private static object? Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => parameter.Name == "cursor" ? "next" : "email",
        var type when type == typeof(JobId) => JobId.New(),
        var type when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>("[]"u8.ToArray()),
        var type when type == typeof(JobFilter) => new JobFilter
        {
            JobClass = "email", State = JobState.Queued, Tenant = "acme", Tag = "a", UniqueKey = "k", ErrorText = "boom",
            SubmittedFrom = DateTimeOffset.UnixEpoch, SubmittedBefore = DateTimeOffset.UnixEpoch,
        },
        var type => Activator.CreateInstance(type),
    };

    /// <summary>Keeps what is sent, and refuses it.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public HttpRequestMessage? Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent = request;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
