using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Live;

/// <summary>Pushes to pages what they follow, as server-sent events.</summary>
internal static class LiveEndpoints
{
    public static void Map(ApiRoutes routes) => routes.Get("/live", ListenAsync);

    private static async Task<IResult> ListenAsync(ApiCall call)
    {
        var services = call.Http.RequestServices;
        var sources = await SourcesAsync(call, services.GetRequiredService<LiveSources>());
        if (sources.Count == 0)
        {
            throw new InvalidRequestException("Say what to follow: overview, silos, bulk, class=… or job=…, or several of them.");
        }

        // When a sign-in ends, so does what it sees.
        var endsAt = call.Http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var isLetIn = services.GetRequiredService<CallerWatch>().Of(call.Http, call.Caller);
        return new LiveStream(services.GetRequiredService<LiveHub>().Listen(sources, call.Caller.Account), endsAt, isLetIn, services.GetRequiredService<TimeProvider>());
    }

    /// <summary>A class or job that is not there is told before the stream begins: nobody reads the status of one that has.</summary>
    private static async Task<IReadOnlyList<LiveSource>> SourcesAsync(ApiCall call, LiveSources all)
    {
        var sources = new List<LiveSource>();
        if (call.Query.Has("overview"))
        {
            sources.Add(all.Overview());
        }

        if (call.Query.Has("silos"))
        {
            sources.Add(all.Silos());
        }

        if (call.Query.Has("bulk"))
        {
            sources.Add(all.Bulk());
        }

        if (call.Query.Text("class") is { } jobClass)
        {
            await call.Jobs.GetClassAsync(jobClass, call.Aborted);
            sources.Add(all.Class(jobClass, call.Caller));
        }

        if (call.Query.JobId("job") is { } id)
        {
            await call.Jobs.GetAsync(id, call.Aborted);
            sources.Add(all.Job(id, call.Caller));
        }

        return sources;
    }
}
