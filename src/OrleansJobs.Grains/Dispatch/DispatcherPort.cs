using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The way from a silo's agent to the dispatcher grains.</summary>
internal sealed class DispatcherPort(IGrainFactory grains) : IDispatcherPort
{
    public Task<ExchangeReply> ExchangeAsync(string jobClass, ExchangeRequest request, bool wait) =>
        PortCall.RunAsync(grains.GetGrain<IDispatcherGrain>(jobClass).ExchangeAsync(request, wait));
}
