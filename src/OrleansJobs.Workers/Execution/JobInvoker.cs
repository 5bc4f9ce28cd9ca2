using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Workers.Execution;

/// <summary>Reads the payload of a class and calls its handler, without reflection.</summary>
internal abstract class JobInvoker
{
    public abstract Type PayloadType { get; }

    public abstract Type HandlerType { get; }

    /// <summary>Reads a payload. Whatever this throws means that the bytes are not valid for the type.</summary>
    public abstract object ReadPayload(JobSerializer serializer, ReadOnlyMemory<byte> bytes);

    public abstract Task<JobResult> InvokeAsync(IServiceProvider services, JobContext context);
}

/// <summary>The invoker of one payload and handler.</summary>
internal sealed class JobInvoker<TPayload, THandler> : JobInvoker where THandler : class, IJobHandler<TPayload>
{
    public override Type PayloadType => typeof(TPayload);

    public override Type HandlerType => typeof(THandler);

    public override object ReadPayload(JobSerializer serializer, ReadOnlyMemory<byte> bytes) =>
        serializer.Deserialize<TPayload>(bytes) ?? throw new JsonException("The payload is null.");

    public override Task<JobResult> InvokeAsync(IServiceProvider services, JobContext context) =>
        services.GetRequiredService<THandler>().HandleAsync((TPayload)context.Payload, context);
}
