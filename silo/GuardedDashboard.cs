using Orleans.Dashboard;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Silo;

/// <summary>
/// Orleans' own dashboard, for admins, unless <c>JobGrid:Cluster:Dashboard</c> is false: it asks nobody who they are, and its page of grain
/// states calls methods of grains by reflection.
/// </summary>
internal static class GuardedDashboard
{
    private const string Path = "/orleans";

    /// <summary>Scripts of this host alone, and none inline. Its styles are inline by design, and its icons and a font are in its files.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void AddGuardedDashboard(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddSingleton<IHostPart, Part>();
        if (IsWanted(new JobSettings(configuration).Read()))
        {
            // Its trace would show the log of the process, and with it whatever handlers write.
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        }
    }

    public static void MapGuardedDashboard(this WebApplication app)
    {
        if (IsWanted(new JobSettings(app.Configuration).Read()))
        {
            IEndpointConventionBuilder dashboard = app.MapOrleansDashboard(Path).RequireAuthorization(AccessPolicies.Admin);
            dashboard.Finally(endpoint => endpoint.RequestDelegate = WithHeaders(endpoint.RequestDelegate!));
        }
    }

    private static RequestDelegate WithHeaders(RequestDelegate next) => http =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(http);
    };

    private static bool IsWanted(SettingsReader settings) => settings.Flag("Cluster:Dashboard", true);

    /// <summary>Has the setting checked with the others.</summary>
    private sealed class Part : IHostPart
    {
        public void Read(SettingsReader settings) => IsWanted(settings);
    }
}
