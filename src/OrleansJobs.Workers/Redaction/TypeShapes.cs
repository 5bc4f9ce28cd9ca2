using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansJobs.Workers.Redaction;

/// <summary>Knows types as the serializer does, and finds <see cref="SensitiveAttribute"/> on them.</summary>
internal sealed class TypeShapes
{
    private const BindingFlags AllMembers = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly JsonSerializerOptions _json;
    private readonly ConcurrentDictionary<Type, TypeShape> _shapes = [];

    public TypeShapes(JsonSerializerOptions? json)
    {
        _json = new JsonSerializerOptions(json ?? new JsonSerializerOptions(JsonSerializerDefaults.Web));
        _json.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
    }

    public TypeShape Of(Type type) => _shapes.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, Look);

    /// <summary>The shapes of whatever may stand where the type does.</summary>
    public IEnumerable<TypeShape> AllOf(Type type) => Of(type).Derived.Select(Of).Prepend(Of(type));

    /// <summary>Whether anything in values of the type is sensitive, however deep.</summary>
    public bool HasSensitive(Type type) => HasSensitive(type, []);

    /// <summary>Whether a value can be read as one of the type. Its converter may be anybody's, and throw anything.</summary>
    public bool Fits(JsonElement value, Type type)
    {
        try
        {
            _ = value.Deserialize(type, _json);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private bool HasSensitive(Type type, HashSet<Type> seen) => seen.Add(type) && AllOf(type).Any(shape =>
        shape.IsSensitive
        || shape.Members?.Values.Any(member => member.IsSensitive || HasSensitive(member.Type, seen)) == true
        || (shape.Element is { } element && HasSensitive(element, seen)));

    private TypeShape Look(Type type)
    {
        var info = _json.GetTypeInfo(type);
        return new TypeShape(
            IsMarked(type) || (info.Kind == JsonTypeInfoKind.None && HasMarkedMember(type)),
            info.Kind == JsonTypeInfoKind.Object ? MembersOf(info) : null,
            info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary ? info.ElementType ?? typeof(object) : null,
            [.. info.PolymorphismOptions?.DerivedTypes.Select(derived => derived.DerivedType).Where(derived => derived != type) ?? []]);
    }

    private static Dictionary<string, ShapeMember> MembersOf(JsonTypeInfo info)
    {
        var members = new Dictionary<string, ShapeMember>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in info.Properties)
        {
            // Two names that differ by case alone are one here; it is sensitive if either is.
            var sensitive = IsMarked(property.AttributeProvider) || IsMarked(property.AssociatedParameter?.AttributeProvider)
                || (members.TryGetValue(property.Name, out var twin) && twin.IsSensitive);
            members[property.Name] = new ShapeMember(sensitive, property.PropertyType);
        }

        if (info.PolymorphismOptions is { } polymorphism)
        {
            members.TryAdd(polymorphism.TypeDiscriminatorPropertyName, new ShapeMember(false, typeof(object)));
        }

        return members;
    }

    /// <summary>A converter of its own writes the type as it likes, so that nobody knows where in the JSON the member is.</summary>
    private static bool HasMarkedMember(Type type) => type.GetProperties(AllMembers).Any(IsMarked) || type.GetFields(AllMembers).Any(IsMarked);

    private static bool IsMarked(ICustomAttributeProvider? provider) => provider?.IsDefined(typeof(SensitiveAttribute), inherit: true) == true;
}
