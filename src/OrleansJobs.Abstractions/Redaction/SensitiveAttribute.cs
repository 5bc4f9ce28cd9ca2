namespace OrleansJobs;

/// <summary>
/// Marks what callers of the HTTP API may not see, although handlers do: a property of a payload or result, a parameter of a record's
/// constructor, or a whole type. Answers have <see cref="Redacted.Text"/> in its place.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SensitiveAttribute : Attribute;
