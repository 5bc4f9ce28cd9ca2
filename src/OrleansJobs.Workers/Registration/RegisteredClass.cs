using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Registration;

/// <summary>A job class as this process has registered it: its options and what runs it.</summary>
public sealed class RegisteredClass
{
    internal RegisteredClass(string name, JobClassOptions options, JobInvoker invoker)
    {
        Name = name;
        Options = options;
        Invoker = invoker;
    }

    /// <summary>The class's name.</summary>
    public string Name { get; }

    /// <summary>Its options: what code registered, overridden by what configuration says.</summary>
    public JobClassOptions Options { get; }

    /// <summary>What a job of the class carries.</summary>
    public Type PayloadType => Invoker.PayloadType;

    /// <summary>What runs its attempts.</summary>
    public Type HandlerType => Invoker.HandlerType;

    internal JobInvoker Invoker { get; }

    internal string LogCategory => HandlerType.FullName ?? HandlerType.Name;

    /// <summary>Reads the payload of a job of the class.</summary>
    /// <returns>What is wrong with it, in a sentence; null if nothing is. Whatever reading throws means that the bytes are not valid.</returns>
    internal string? TryReadPayload(JobSerializer serializer, ReadOnlyMemory<byte> bytes, out object? payload)
    {
        try
        {
            payload = Invoker.ReadPayload(serializer, bytes);
            return null;
        }
        catch (Exception exception)
        {
            payload = null;
            return $"The payload is not a valid {PayloadType}: {Errors.From(exception).Message}";
        }
    }
}
