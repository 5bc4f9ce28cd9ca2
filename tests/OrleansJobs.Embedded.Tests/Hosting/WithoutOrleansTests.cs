namespace OrleansJobs.Embedded.Tests.Hosting;

/// <summary>
/// An application without silos gets neither Orleans nor its serializer, which brings a compiler; only the attributes of the types that travel.
/// The tests beside this one run there, so nothing that the engine does needs it.
/// </summary>
public sealed class WithoutOrleansTests
{
    [Theory]
    [InlineData("Orleans.Serialization.Abstractions.dll", true)]
    [InlineData("Orleans.Serialization.dll", false)]
    [InlineData("Orleans.Core.Abstractions.dll", false)]
    [InlineData("Orleans.Runtime.dll", false)]
    [InlineData("Microsoft.CodeAnalysis.dll", false)]
    public void Application_GetsAttributesAlone(string file, bool there) =>
        Assert.Equal(there, File.Exists(Path.Combine(AppContext.BaseDirectory, file)));
}
