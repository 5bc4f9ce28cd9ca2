namespace OrleansJobs.Workers.Redaction;

/// <summary>What of the JSON of a type is sensitive.</summary>
/// <param name="IsSensitive">Whether all of it is.</param>
/// <param name="Members">The properties of an object by their JSON names, whatever their case; null if it is none.</param>
/// <param name="Element">What the values of an array or dictionary are; null if it is none.</param>
/// <param name="Derived">The types that may stand in its place.</param>
internal sealed record TypeShape(
    bool IsSensitive, IReadOnlyDictionary<string, ShapeMember>? Members, Type? Element, IReadOnlyList<Type> Derived)
{
    /// <summary>Whether a property of the object itself is sensitive. Then so are those that the type does not know: they may be old names.</summary>
    public bool HidesUnknown { get; } = Members?.Values.Any(member => member.IsSensitive) == true;
}
