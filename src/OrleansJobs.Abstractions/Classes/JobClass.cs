namespace OrleansJobs;

/// <summary>A job class by its name and by what its jobs carry. Declared as a <see cref="JobClass{TPayload}"/>.</summary>
public abstract class JobClass
{
    private protected JobClass(string name, Type payloadType)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        PayloadType = payloadType;
    }

    /// <summary>The class's name: 1 to 64 letters, digits, '-', '_' or '.'. A start or a submit with another is refused.</summary>
    public string Name { get; }

    /// <summary>What its jobs carry.</summary>
    public Type PayloadType { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
