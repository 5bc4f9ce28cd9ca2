using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class OneTypeTests
{
    [Fact]
    public void Files_HoldOnePublicTypeOfTheirName() => Rule.Holds(Repository.Product.In("src").SelectMany(OneTypeRule.Violations));

    [Theory]
    [InlineData("namespace N; public class Thing { } public enum Second { }")]
    [InlineData("public record Thing; public delegate void Second();")]
    [InlineData("namespace N { public interface Thing { } public struct Second { } }")]
    [InlineData("public class Other { }")]
    public void PlantedType_IsFound(string text) => Assert.Single(OneTypeRule.Violations(SourceFile.Planted(text, "src/P/Thing.cs")));

    [Theory]
    [InlineData("public class Thing { public class Nested { } } internal class Helper { }", "src/P/Thing.cs")]
    [InlineData("public partial class Thing { }", "src/P/Thing.Log.cs")]
    [InlineData("public class Thing<TResult> { }", "src/P/ThingOfResult.cs")]
    public void OtherFile_IsLeftAlone(string text, string path) => Assert.Empty(OneTypeRule.Violations(SourceFile.Planted(text, path)));
}
