namespace OrleansJobs.Telemetry;

/// <summary>Whose telemetry goes out beside the grid's own.</summary>
internal static class KnownSources
{
    /// <summary>Orleans, ASP.NET, HTTP clients, DNS and the runtime, as these call their meters.</summary>
    public static readonly string[] Meters =
    [
        "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Diagnostics",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];

    /// <summary>What submits come from, and what calls lead on: requests, and calls between grains.</summary>
    public static readonly string[] Activities = ["Microsoft.AspNetCore", "Microsoft.Orleans.Application", "System.Net.Http", "Npgsql"];
}
