namespace OrleansJobs.Workers.Redaction;

/// <summary>A property of a <see cref="TypeShape"/>.</summary>
internal readonly record struct ShapeMember(bool IsSensitive, Type Type);
