using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Registration;

/// <summary>A job class of this process.</summary>
public sealed class JobClass
{
    internal JobClass(string name, JobClassOptions options, JobInvoker invoker)
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
}
