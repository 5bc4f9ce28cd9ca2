namespace OrleansJobs;

/// <summary>
/// Says on a handler what its results are, so that their <see cref="SensitiveAttribute"/> properties are known. Without it a result is
/// hidden as a whole where the payload has anything sensitive, and shown where it has not.
/// </summary>
/// <param name="type">The type of the value given to <see cref="JobResult.Success{T}(T)"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResultTypeAttribute(Type type) : Attribute
{
    /// <summary>The type of the results.</summary>
    public Type Type { get; } = type;
}
