using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Workers.Execution;

/// <summary>Reads the payload of a class and calls its handler, without reflection.</summary>
internal abstract class JobInvoker
{
    public abstract Type PayloadType { get; }

    public abstract Type HandlerType { get; }

    /// <summary>The invoker of types that are known at run time only; null if the handler does not handle the payload.</summary>
    public static JobInvoker? Make(Type payloadType, Type handlerType) =>
        handlerType.IsAssignableTo(typeof(IJobHandler<>).MakeGenericType(payloadType))
            ? (JobInvoker)Activator.CreateInstance(typeof(JobInvoker<,>).MakeGenericType(payloadType, handlerType))!
            : null;

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
        serializer.DeserializePayload<TPayload>(bytes)!;

    public override Task<JobResult> InvokeAsync(IServiceProvider services, JobContext context) =>
        services.GetRequiredService<THandler>().HandleAsync((TPayload)context.Payload, context);
}
