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
            app.MapOrleansDashboard(Path).RequireAuthorization(AccessPolicies.Admin);
        }
    }

    private static bool IsWanted(SettingsReader settings) => settings.Flag("Cluster:Dashboard", true);

    /// <summary>Has the setting checked with the others.</summary>
    private sealed class Part : IHostPart
    {
        public void Read(SettingsReader settings) => IsWanted(settings);
    }
}
