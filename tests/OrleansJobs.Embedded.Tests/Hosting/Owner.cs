using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Embedded.Tests.Conformance;

namespace OrleansJobs.Embedded.Tests.Hosting;

/// <summary>What this assembly does as a program: it has a store, runs one job in it that does not end, and says when that runs.</summary>
internal static class Owner
{
    public const string Running = "running";

    public static async Task Main(string[] args)
    {
        var script = new Script();
        var gate = script.Hold("endless");
        using var host = await EmbeddedHosts.StartAsync(
            jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
            builder => builder.Services.AddSingleton(script),
            jobs => jobs.UseEmbedded(args[0]));
        var client = host.Services.GetRequiredService<IJobClient>();
        var job = await client.SubmitAsync(ScriptedJob.Class, new ScriptedJob("endless"));
        await gate.EnteredAsync();
        Console.WriteLine($"{Running} {job.Id}");
        await host.WaitForShutdownAsync();
    }
}
