using System.Net;

namespace OrleansJobs.Workers.Settings;

/// <summary>Where a host is going to listen.</summary>
/// <param name="Key">The setting that says so, such as <c>JobGrid:Cluster:SiloPort</c>.</param>
/// <param name="Endpoint">Address and port; port 0 stands for any free one.</param>
public sealed record ListenPoint(string Key, IPEndPoint Endpoint);
