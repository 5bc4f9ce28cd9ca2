using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>Makes objects whose every property has a value that is not its default, and no two of them the same; each run the same ones.</summary>
internal sealed class WireSample
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly NullabilityInfoContext Nullability = new();

    private int _number = 100;

    /// <summary>A sample of one type; an open generic type is closed over strings.</summary>
    public static object Of(Type type) => new WireSample().Make(type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(string)) : type, null);

    /// <summary>An object with as little in it as there can be: what may be absent is, lists and texts are empty.</summary>
    public static object Bare(Type type) => MakeBare(type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(string)) : type);

    /// <summary>All that can be read of an object, to compare two of them.</summary>
    public static JsonElement Seen(object value) => JsonSerializer.SerializeToElement(value, value.GetType());

    private object Make(Type type, object? unlike)
    {
        var number = ++_number;
        if (Nullable.GetUnderlyingType(type) is { } present)
        {
            return Make(present, unlike);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(1 + (number % (values.Length - 1)))!;
        }

        return Simple(type, number, unlike) ?? Collection(type) ?? Ours(type);
    }

    private static object? Simple(Type type, int number, object? unlike) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => number,
        TypeCode.Int64 => (long)number,
        TypeCode.Double => number + 0.5,
        TypeCode.Boolean => unlike is not true,
        TypeCode.String => $"text {number}",
        _ when type == typeof(Guid) => new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(number),
        _ when type == typeof(DateTimeOffset) => Start.AddSeconds(number),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([(byte)number, 1]),
        _ => null,
    };

    private object? Collection(Type type, int count = 2)
    {
        if (type.IsArray)
        {
            return Items(type.GetElementType()!, count);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GenericTypeArguments;
        return type.GetGenericTypeDefinition() switch
        {
            var list when list == typeof(IReadOnlyList<>) => Items(arguments[0], count),
            var list when list == typeof(List<>) => Activator.CreateInstance(type, Items(arguments[0], count)),
            var map when map == typeof(IReadOnlyDictionary<,>) => Map(arguments, count),
            _ => null,
        };
    }

    private Array Items(Type type, int count)
    {
        var items = count == 0 ? (Array)typeof(Array).GetMethod(nameof(Array.Empty))!.MakeGenericMethod(type).Invoke(null, null)! : Array.CreateInstance(type, count);
        for (var i = 0; i < count; i++)
        {
            items.SetValue(Make(type, null), i);
        }

        return items;
    }

    private IDictionary Map(Type[] types, int count)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(types), StringComparer.Ordinal)!;
        for (var i = 0; i < count; i++)
        {
            map.Add(Make(types[0], null), Make(types[1], null));
        }

        return map;
    }

    private object Ours(Type type)
    {
        if (!TravellingTypes.IsOurs(type))
        {
            throw new NotSupportedException($"No sample can be made of {type}: say in {nameof(WireSample)} how one is.");
        }

        var (made, unlike) = (New(type), New(type));
        foreach (var property in TravellingTypes.Stored(type).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            property.SetValue(made, Make(property.PropertyType, property.GetValue(unlike)));
        }

        return made;
    }

    private static object MakeBare(Type type)
    {
        if (type == typeof(string) || type.IsArray || !TravellingTypes.IsOurs(type))
        {
            return type == typeof(string) ? "" : new WireSample().Collection(type, count: 0) ?? Activator.CreateInstance(type)!;
        }

        var made = New(type);
        foreach (var property in TravellingTypes.Stored(type).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.PropertyType == typeof(JobId) || IsMissing(property, made))
            {
                property.SetValue(made, MakeBare(property.PropertyType));
            }
            else if (Nullability.Create(property).WriteState == NullabilityState.Nullable)
            {
                property.SetValue(made, null);
            }
        }

        return made;
    }

    private static bool IsMissing(PropertyInfo property, object made) =>
        property.GetValue(made) is null && Nullability.Create(property).WriteState == NullabilityState.NotNull;

    private static object New(Type type) => type.GetConstructor(Type.EmptyTypes)?.Invoke(null) ?? RuntimeHelpers.GetUninitializedObject(type);
}
