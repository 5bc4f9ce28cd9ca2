using System.Reflection;
using OrleansJobs.Client.Grains;
using OrleansJobs.Grains.Dispatch;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>The types that grain calls carry: all that can be reached from the parameters and results of the grain interfaces.</summary>
internal static class TravellingTypes
{
    /// <summary>Every travelling type of this repository, generic ones open, by its name. Not enumerations: they travel as numbers.</summary>
    public static SortedDictionary<string, Type> All { get; } = new(Find(type => !type.IsEnum), StringComparer.Ordinal);

    /// <summary>The enumerations that travel, as numbers.</summary>
    public static SortedDictionary<string, Type> Enumerations { get; } = new(Find(type => type.IsEnum), StringComparer.Ordinal);

    /// <summary>The grain interfaces of clients and of silos.</summary>
    public static IEnumerable<Type> GrainInterfaces => new[] { typeof(IJobGrain).Assembly, typeof(IDispatcherGrain).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)));

    /// <summary>What a type stores: its public properties that can be set, but for those that are marked as not travelling.</summary>
    public static IEnumerable<PropertyInfo> Stored(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0)
        .Where(property => type.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)
            ?.IsDefined(typeof(NonSerializedAttribute)) != true);

    public static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("OrleansJobs", StringComparison.Ordinal);

    private static Dictionary<string, Type> Find(Func<Type, bool> wanted)
    {
        var found = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var method in GrainInterfaces.SelectMany(type => type.GetMethods()))
        {
            foreach (var type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            {
                Add(type, found);
            }
        }

        return found.Where(pair => wanted(pair.Value)).ToDictionary();
    }

    private static void Add(Type type, Dictionary<string, Type> found)
    {
        if (type.IsArray)
        {
            Add(type.GetElementType()!, found);
            return;
        }

        foreach (var argument in type.GenericTypeArguments)
        {
            Add(argument, found);
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (IsOurs(open) && !open.IsGenericParameter && found.TryAdd(open.ToString(), open))
        {
            foreach (var property in Stored(type))
            {
                Add(property.PropertyType, found);
            }
        }
    }
}
