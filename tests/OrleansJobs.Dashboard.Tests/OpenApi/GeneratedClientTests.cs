using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.OpenApi;

/// <summary>A client that a tool makes of the document, as anybody would who does not use the library.</summary>
public sealed class GeneratedClientTests : ApiTest
{
    private const string Namespace = "Generated";
    private const string Client = "GridClient";

    [Fact]
    public async Task GeneratedClient_SubmitsAJobAndReadsIt()
    {
        var generated = await CompileAsync();
        dynamic client = Activator.CreateInstance(generated.GetType($"{Namespace}.{Client}", throwOnError: true)!, Http)!;
        dynamic request = Activator.CreateInstance(generated.GetType($"{Namespace}.SubmitRequest", throwOnError: true)!)!;
        request.Class = "email";
        request.Payload = new Dictionary<string, object> { ["to"] = "ann@example.com" };
        request.Tenant = "acme";
        request.Delay = "1h30m";

        dynamic answer = await client.SubmitJobAsync(request);

        var job = Assert.Single(Grid.All());
        Assert.Equal(("acme", Grid.Now + TimeSpan.FromMinutes(90)), (job.Tenant, job.DueAt));
        Assert.Equal("ann@example.com", JsonDocument.Parse(job.Payload).RootElement.GetProperty("to").GetString());
        dynamic read = await client.GetJobAsync(job.Id.Value, null, null);
        Assert.Equal("Accepted", (string)answer.Status.ToString());
        Assert.Equal("Scheduled", (string)read.State.ToString());
    }

    private async Task<Assembly> CompileAsync()
    {
        var document = await OpenApiDocument.FromJsonAsync(await Http.GetStringAsync("/openapi/v1.json"));
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = Client,
            UseBaseUrl = false,
            CSharpGeneratorSettings = { Namespace = Namespace, JsonLibrary = CSharpJsonLibrary.SystemTextJson },
        };
        var compilation = CSharpCompilation.Create(
            Namespace,
            [CSharpSyntaxTree.ParseText(new CSharpClientGenerator(document, settings).GenerateFile(), encoding: Encoding.UTF8)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);

        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(assembly.ToArray());
    }
}
