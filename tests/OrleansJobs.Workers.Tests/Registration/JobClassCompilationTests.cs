using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansJobs.Workers.Tests.Registration;

/// <summary>What does not fit a declared class has to be found by the compiler: applications are compiled here, and what it says is looked at.</summary>
public sealed class JobClassCompilationTests
{
    private const string Application = """
        using System.Threading.Tasks;
        using OrleansJobs;
        using OrleansJobs.Testing;
        using OrleansJobs.Workers.Registration;

        public record SendEmail(string To);
        public record Transcode(string Source);
        public record Renditions(int Count);

        public static class Classes
        {
            public static readonly JobClass<SendEmail> Email = new("email");
            public static readonly JobClass<Transcode, Renditions> Video = new("video");
        }

        public class EmailHandler : IJobHandler<SendEmail>
        {
            public Task<JobResult> HandleAsync(SendEmail payload, JobContext context) => Task.FromResult(JobResult.Done);
        }

        public static class Program
        {
            public static async Task RunAsync(IJobClient client, RecordingJobClient recorded, JobGridBuilder jobs, JobSnapshot ended, JobId id)
            {
                await Task.CompletedTask;
                SNIPPET
            }
        }
        """;

    private static readonly IReadOnlyList<MetadataReference> References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("await client.SubmitAsync(Classes.Email, new SendEmail(\"ann\"));")]
    [InlineData("await client.SubmitAsync(Classes.Email, new SendEmail(\"ann\"), new() { Tenant = \"acme\" });")]
    [InlineData("await client.SubmitAsync(\"email\", new SendEmail(\"ann\"));")]
    [InlineData("Renditions? made = await (await client.SubmitAsync(Classes.Video, new Transcode(\"a\"))).ResultAsync();")]
    [InlineData("Renditions? made = client.ReadResult(Classes.Video, ended);")]
    [InlineData("JobHandle<Renditions> job = client.GetHandle(Classes.Video, id);")]
    [InlineData("await client.SubmitManyAsync(Classes.Email, [new SendEmail(\"ann\"), new SendEmail(\"bob\")]);")]
    [InlineData("await client.SubmitManyAsync([client.Describe(Classes.Email, new SendEmail(\"ann\")), client.Describe(Classes.Video, new Transcode(\"a\"))]);")]
    [InlineData("jobs.AddHandler<EmailHandler>(Classes.Email, email => email.MaxLocalWorkers = 16);")]
    [InlineData("jobs.AddHandler<SendEmail, EmailHandler>(Classes.Email);")]
    [InlineData("jobs.AddHandler<SendEmail, EmailHandler>(\"email\");")]
    [InlineData("recorded.AssertSubmitted(Classes.Email, email => email.To == \"ann\");")]
    public void WhatFits_Compiles(string snippet) => Assert.Empty(ErrorsOf(snippet));

    [Theory]
    [InlineData("await client.SubmitAsync(Classes.Email, new Transcode(\"a\"));")]
    [InlineData("await client.SubmitAsync(Classes.Email, \"ann\");")]
    [InlineData("await client.SubmitAsync(Classes.Emial, new SendEmail(\"ann\"));")]
    [InlineData("await client.SubmitAsync(Classes.Video, new SendEmail(\"ann\"));")]
    [InlineData("JobHandle<string> job = await client.SubmitAsync(Classes.Video, new Transcode(\"a\"));")]
    [InlineData("string? made = client.ReadResult(Classes.Video, ended);")]
    [InlineData("client.GetHandle(Classes.Email, id).ResultAsync();")]
    [InlineData("await client.SubmitManyAsync(Classes.Email, [new SendEmail(\"ann\"), new Transcode(\"a\")]);")]
    [InlineData("client.Describe(Classes.Email, new Transcode(\"a\"));")]
    [InlineData("jobs.AddHandler<Transcode, EmailHandler>(Classes.Video);")]
    [InlineData("jobs.AddHandler<SendEmail, EmailHandler>(Classes.Video);")]
    [InlineData("jobs.AddHandler<EmailHandler>(Classes.Emial);")]
    [InlineData("recorded.AssertSubmitted(Classes.Email, email => email.Source == \"a\");")]
    public void WhatDoesNotFit_DoesNotCompile(string snippet) => Assert.NotEmpty(ErrorsOf(snippet));

    private static IEnumerable<string> ErrorsOf(string snippet) => CSharpCompilation
        .Create(
            "Application",
            [CSharpSyntaxTree.ParseText(Application.Replace("SNIPPET", snippet))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
        .GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(diagnostic => diagnostic.ToString());
}
