using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class SizeTests
{
    [Fact]
    public void Files_FitInAHead() => Rule.Holds(Repository.Product.SelectMany(file => SizeRule.FileViolations(file, SizeRule.MaxFileLines)));

    [Fact]
    public void Methods_FitOnAScreen() => Rule.Holds(Repository.Product.SelectMany(SizeRule.MethodViolations));

    [Fact]
    public void TestFiles_FitInAHead() => Rule.Holds(Repository.Tests.SelectMany(file => SizeRule.FileViolations(file, SizeRule.MaxTestFileLines)));

    [Theory]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    public void PlantedFile_IsMeasured(int lines, int violations) =>
        Assert.Equal(violations, SizeRule.FileViolations(SourceFile.Planted(string.Concat(Enumerable.Repeat("// line\n", lines))), 50).Count());

    [Theory]
    [InlineData("void F() {", SizeRule.MaxMethodLines, 0)]
    [InlineData("void F() {", SizeRule.MaxMethodLines + 1, 1)]
    [InlineData("C() {", SizeRule.MaxMethodLines + 1, 1)]
    [InlineData("int P { get {", SizeRule.MaxMethodLines + 1, 1)]
    public void PlantedMethod_IsMeasured(string start, int lines, int violations)
    {
        var body = new string('\n', lines - 1);
        var closing = new string('}', start.Count(character => character == '{'));
        var file = SourceFile.Planted($"class C\n{{\n    /// <summary>Not counted.</summary>\n    {start}{body}{closing}\n}}");

        Assert.Equal(violations, SizeRule.MethodViolations(file).Count());
    }
}
