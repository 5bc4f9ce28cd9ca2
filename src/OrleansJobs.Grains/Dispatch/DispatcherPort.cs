using OrleansJobs.Core.Dispatch;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The way from a silo's agent to the dispatcher grains.</summary>
internal sealed class DispatcherPort(DispatcherGrains dispatchers) : IDispatcherPort
{
    public Task<ExchangeReply> ExchangeAsync(string jobClass, ExchangeRequest request, bool wait) =>
        PortCall.RunAsync(dispatchers.Of(jobClass).ExchangeAsync(request, wait));
}
