using Microsoft.Extensions.Hosting;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Conformance;

/// <summary>An engine with a store, as the suite sees it: something that makes hosts over one and the same store.</summary>
public interface IGridEngine : IAsyncDisposable
{
    /// <summary>Makes and starts a host with these classes. The host before it has been stopped.</summary>
    Task<IHost> StartAsync(Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services);
}
