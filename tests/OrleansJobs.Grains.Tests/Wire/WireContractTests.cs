using System.Globalization;
using System.Reflection;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>
/// Golden/contract.txt has what every travelling type is on the wire, so that a change of it is seen in review. Numbers are not used twice, and
/// no name is changed: silos of two versions talk to one another.
/// </summary>
public sealed class WireContractTests
{
    private static readonly string File = GoldenFile.Path("contract.txt");

    [Fact]
    public void Contract_IsTheOneThatWasAgreedOn()
    {
        var contract = string.Join('\n', TravellingTypes.All.Values.SelectMany(Lines).Concat(Enumerations())) + "\n";
        if (Environment.GetEnvironmentVariable("WRITE_WIRE_CONTRACT") == "1")
        {
            System.IO.File.WriteAllText(File, contract);
        }

        // If the change is meant: WRITE_WIRE_CONTRACT=1 dotnet test tests/OrleansJobs.Grains.Tests --filter WireContractTests
        Assert.Equal(System.IO.File.ReadAllText(File), contract);
    }

    [Fact]
    public void Types_AreImmutable() => Assert.DoesNotContain(TravellingTypes.All.Values, type => !type.IsDefined(typeof(ImmutableAttribute), false));

    private static IEnumerable<string> Lines(Type type) =>
    [
        $"{type.GetCustomAttribute<AliasAttribute>()?.Alias ?? $"{type.FullName},{type.Assembly.GetName().Name}"}",
        .. Members(type).OrderBy(member => member.Id).Select(member => $"  {member.Id} {member.Name}: {Name(member.Type)}"),
    ];

    private static IEnumerable<(uint Id, string Name, Type Type)> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var property in type.GetProperties(All))
        {
            if (property.GetCustomAttribute<IdAttribute>() is { } id)
            {
                yield return (id.Id, property.Name, property.PropertyType);
            }
        }

        foreach (var field in type.GetFields(All))
        {
            if (field.GetCustomAttribute<IdAttribute>() is { } id)
            {
                yield return (id.Id, field.Name, field.FieldType);
            }
        }
    }

    private static IEnumerable<string> Enumerations() => TravellingTypes.Enumerations.Values
        .Select(type => $"{type.FullName}: {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => $"{Convert.ToInt32(value, CultureInfo.InvariantCulture)} {value}"))}");

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        _ when Nullable.GetUnderlyingType(type) is { } present => Name(present) + "?",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
