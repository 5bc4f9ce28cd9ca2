using System.Diagnostics.CodeAnalysis;

namespace OrleansJobs.Workers.Registration;

/// <summary>All job classes of this process, valid and fixed from its start.</summary>
public sealed class JobClassRegistry
{
    private readonly Dictionary<string, RegisteredClass> _classes;

    internal JobClassRegistry(IReadOnlyList<RegisteredClass> classes)
    {
        All = classes;
        _classes = classes.ToDictionary(jobClass => jobClass.Name, StringComparer.Ordinal);
    }

    /// <summary>The classes in the order of their registration.</summary>
    public IReadOnlyList<RegisteredClass> All { get; }

    /// <summary>The class of this name.</summary>
    /// <exception cref="UnknownJobClassException">There is none.</exception>
    public RegisteredClass Get(string name) => TryGet(name, out var jobClass) ? jobClass : throw new UnknownJobClassException(name);

    /// <summary>The class of this name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out RegisteredClass? jobClass) => _classes.TryGetValue(name, out jobClass);
}
