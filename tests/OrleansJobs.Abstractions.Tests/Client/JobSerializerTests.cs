using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansJobs.Abstractions.Tests.Client;

public sealed partial class JobSerializerTests
{
    [Theory]
    [InlineData("{\"foo\":1}", "'to', 'subject'")]
    [InlineData("{\"to\":\"ann\"}", "'subject'")]
    [InlineData("{\"to\":null,\"subject\":\"x\"}", "'to'")]
    [InlineData("{\"to\":\"ann\",\"subject\":null}", "'subject'")]
    [InlineData("null", "is null")]
    public void Payload_ThatDoesNotFit_IsRefusedByTheMembersName(string json, string named) => Assert.Contains(
        named,
        Assert.Throws<JsonException>(() => JobSerializer.Default.DeserializePayload<Mail>(Encoding.UTF8.GetBytes(json))).Message,
        StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("{\"to\":\"ann\",\"subject\":\"x\"}")]
    [InlineData("{\"to\":\"ann\",\"subject\":\"x\",\"copy\":null,\"priority\":3,\"new\":[1,2]}")]
    [InlineData("{\"subject\":\"x\",\"TO\":\"ann\"}")]
    public void Payload_WithDefaultsLeftOutOrMembersTooMany_IsRead(string json) =>
        Assert.Equal("ann", JobSerializer.Default.DeserializePayload<Mail>(Encoding.UTF8.GetBytes(json)).To);

    [Theory]
    [InlineData("{\"kind\":\"circle\"}", "'radius'")]
    [InlineData("{\"kind\":\"named\",\"name\":null}", "'name'")]
    public void PolymorphicPayload_IsHeldToItsOwnType(string json, string named) => Assert.Contains(
        named,
        Assert.Throws<JsonException>(() => JobSerializer.Default.DeserializePayload<Shape>(Encoding.UTF8.GetBytes(json))).Message,
        StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void PolymorphicPayload_ComesBackAsItsOwnType() => Assert.Equal(
        new Circle(3), JobSerializer.Default.DeserializePayload<Shape>(JobSerializer.Default.SerializePayload<Shape>(new Circle(3))));

    [Fact]
    public void PolymorphicPayload_OfTheDerivedType_IsReadAsEither()
    {
        var bytes = JobSerializer.Default.SerializePayload(new Circle(3));
        Assert.Equal(new Circle(3), JobSerializer.Default.DeserializePayload<Shape>(bytes));
        Assert.Equal(new Circle(3), JobSerializer.Default.DeserializePayload<Circle>(bytes));
    }

    [Fact]
    public void PolymorphicValue_WithItsDiscriminatorLast_IsRead()
    {
        var bytes = "{\"radius\":3,\"kind\":\"circle\"}"u8.ToArray();
        Assert.Equal(new Circle(3), JobSerializer.Default.DeserializePayload<Shape>(bytes));
        Assert.Equal(new Circle(3), JobSerializer.Default.Deserialize<Shape>(bytes));
    }

    [Fact]
    public void PolymorphicValue_WithoutItsDeclaredType_IsReadAsItsBase()
    {
        Assert.Equal(new Circle(3), JobSerializer.Default.Deserialize<Shape>(JobSerializer.Default.Serialize((object)new Circle(3))));
        Assert.Equal(new Circle(3), JobSerializer.Default.Deserialize<Shape>(JobSerializer.Default.Serialize<object>(new Circle(3))));
    }

    [Fact]
    public void GivenOptions_AreNotChanged()
    {
        var options = new JsonSerializerOptions();
        _ = new JobSerializer(options).Serialize(new Circle(3));
        Assert.Equal((false, false), (options.AllowOutOfOrderMetadataProperties, options.IsReadOnly));
    }

    [Fact]
    public void Payload_WithNullWhereNoneIsAllowed_IsNotWritten()
    {
        Assert.Contains("'to'", Assert.Throws<JsonException>(() => JobSerializer.Default.SerializePayload(new Mail(null!, "x"))).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<JsonException>(() => JobSerializer.Default.SerializePayload<Mail>(null!));
    }

    /// <summary>An older version of a type wrote them, and they are wanted still.</summary>
    [Fact]
    public void ResultsAndCheckpoints_AreReadAsFarAsTheyGo()
    {
        Assert.Equal(new Mail(null!, "x"), JobSerializer.Default.Deserialize<Mail>("{\"subject\":\"x\"}"u8.ToArray()));
        Assert.Equal("{\"to\":null,\"subject\":\"x\",\"copy\":null,\"priority\":0}", Encoding.UTF8.GetString(JobSerializer.Default.Serialize(new Mail(null!, "x"))));
    }

    [Fact]
    public void OptionsOfTheApplication_HoldPayloadsToTheirTypeToo()
    {
        var reflection = new JobSerializer(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
        var generated = new JobSerializer(MailJson.Default.Options);

        Assert.Throws<JsonException>(() => reflection.DeserializePayload<Mail>("{\"to\":\"ann\"}"u8.ToArray()));
        Assert.Throws<JsonException>(() => generated.DeserializePayload<Mail>("{\"to\":\"ann\"}"u8.ToArray()));
        Assert.Throws<JsonException>(() => generated.DeserializePayload<Mail>("{\"to\":null,\"subject\":\"x\"}"u8.ToArray()));
        Assert.Equal(new Mail("ann", "x"), generated.DeserializePayload<Mail>(generated.SerializePayload(new Mail("ann", "x"))));
    }

    internal sealed record Mail(string To, string Subject, string? Copy = null, int Priority = 0);

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Named), "named")]
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    internal abstract record Shape;

    internal sealed record Circle(int Radius) : Shape;

    internal sealed record Named(string Name) : Shape;

    [JsonSerializable(typeof(Mail))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    internal sealed partial class MailJson : JsonSerializerContext;
}
