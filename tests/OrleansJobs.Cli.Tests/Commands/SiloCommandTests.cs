using OrleansJobs.Cli.Tests.Support;

namespace OrleansJobs.Cli.Tests.Commands;

public sealed class SiloCommandTests : CliTest
{
    [Fact]
    public async Task Silos_PrintsALineEach()
    {
        var result = (await RunAsync("silos")).Exits(0);

        Assert.StartsWith("SILO               VERSION  RUNNING  PERMITS  CPU        MEMORY", result.Lines[0]);
        Assert.StartsWith("silo-1             1.2.3    1        4        25 % of 4  64 MiB", result.Lines[1]);
    }

    [Fact]
    public async Task Silos_AsJson_IsOneDocument() =>
        Assert.Equal(["silo-1", "127.0.0.1:11111@7"], (await RunAsync("silos", "--json")).Exits(0).Json.AsArray().Select(one => (string)one!["silo"]!));

    [Fact]
    public async Task SiloDrain_DrainsIt()
    {
        var result = (await RunAsync("silo", "drain", "127.0.0.1:11111@7")).Exits(0);

        Assert.Equal("Silo 127.0.0.1:11111@7 takes no more jobs.", result.Lines[0]);
        Assert.Equal([false, true], (await Grid.GetSilosAsync()).Select(silo => silo.Draining));
    }

    [Fact]
    public async Task SiloDrain_OfASiloThatIsNotUp_SaysSo() =>
        Assert.Contains("No silo 'nope' is up.", (await RunAsync("silo", "drain", "nope")).Exits(1).Error);
}
