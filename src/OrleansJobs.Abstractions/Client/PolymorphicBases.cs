using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansJobs;

/// <summary>Knows of which types a base type or an interface says how to tell them apart in JSON.</summary>
internal sealed class PolymorphicBases
{
    private static readonly System.Reflection.Assembly Runtime = typeof(object).Assembly;

    private readonly ConcurrentDictionary<Type, Type> _bases = new();
    private readonly JsonSerializerOptions _options;
    private readonly Func<Type, Type> _find;

    public PolymorphicBases(JsonSerializerOptions options) => (_options, _find) = (options, Find);

    /// <summary>The type that a value is written as: the base type that names it as derived, or the declared one.</summary>
    public Type WrittenAs(Type declared, object? value) =>
        _bases.GetOrAdd(declared == typeof(object) && value is not null ? value.GetType() : declared, _find);

    private Type Find(Type type) =>
        type.Assembly == Runtime || OptionsOf(type) is not null ? type : AllBasesOf(type).FirstOrDefault(candidate => Names(candidate, type)) ?? type;

    private static IEnumerable<Type> AllBasesOf(Type type)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            yield return candidate;
        }

        foreach (var candidate in type.GetInterfaces())
        {
            yield return candidate;
        }
    }

    private bool Names(Type candidate, Type type) =>
        candidate.Assembly != Runtime && OptionsOf(candidate) is { } polymorphism && polymorphism.DerivedTypes.Any(derived => derived.DerivedType == type);

    /// <summary>Null also for a type that the options do not know, or that cannot be read or written at all.</summary>
    private JsonPolymorphismOptions? OptionsOf(Type type)
    {
        try
        {
            _options.MakeReadOnly(populateMissingResolver: true);
            return _options.TryGetTypeInfo(type, out var info) ? info.PolymorphismOptions : null;
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
