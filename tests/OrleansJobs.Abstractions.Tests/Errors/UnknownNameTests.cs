namespace OrleansJobs.Abstractions.Tests.Errors;

public sealed class UnknownNameTests
{
    private static readonly string[] Known = ["Store", "Sqlite", "Classes", "Workers", "ShutdownTimeout"];

    [Theory]
    [InlineData("Clases", "Classes")]
    [InlineData("CLASES", "Classes")]
    [InlineData("Calsses", "Classes")]
    [InlineData("Stor", "Store")]
    [InlineData("Worker", "Workers")]
    [InlineData("ShutdownTimeoutSeconds", "ShutdownTimeout")]
    [InlineData("SqlitePath", "Sqlite")]
    [InlineData("Shutdown", "ShutdownTimeout")]
    public void Nearest_ToASlip_IsWhatWasMeant(string name, string meant) => Assert.Equal(meant, UnknownName.Nearest(name, Known));

    [Theory]
    [InlineData("Colour")]
    [InlineData("")]
    [InlineData("St")]
    public void Nearest_ToSomethingElse_IsNone(string name) => Assert.Null(UnknownName.Nearest(name, Known));

    [Fact]
    public void Nearest_ToAHugeName_IsNone() => Assert.Null(UnknownName.Nearest(new string('x', 1_000_000), Known));

    [Fact]
    public void Fault_NamesTheNearestOrAll()
    {
        Assert.Equal("JobGrid:Clases is not a setting; did you mean JobGrid:Classes?", UnknownName.Fault("JobGrid", "Clases", Known));
        Assert.Equal("JobGrid:Colour is not a setting; JobGrid knows Store, Sqlite, Classes, Workers, ShutdownTimeout.",
            UnknownName.Fault("JobGrid", "Colour", Known));
        Assert.Equal("JobGrid:Classes:mail is not a job class of this host; JobGrid:Classes knows none.",
            UnknownName.Fault("JobGrid:Classes", "mail", [], "a job class of this host"));
    }
}
