using System.Net;
using System.Net.Sockets;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Workers.Tests.Settings;

public sealed class PortCheckTests
{
    [Fact]
    public void Faults_NameEachPortThatIsTaken()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var taken = (IPEndPoint)stranger.LocalEndpoint;
        Assert.Equal([$"JobGrid:Http:Url: port {taken.Port} of 127.0.0.1 is already in use."],
            PortCheck.Faults([new ListenPoint("JobGrid:Http:Url", taken), new ListenPoint("Free", new IPEndPoint(IPAddress.Loopback, 0))]));
    }

    [Fact]
    public void Faults_NameAPortThatIsWantedTwice()
    {
        var free = FreePort();
        Assert.Equal([$"Second: port {free.Port} of 127.0.0.1 is already in use."],
            PortCheck.Faults([new ListenPoint("First", free), new ListenPoint("Second", free)]));
        Assert.Empty(PortCheck.Faults([new ListenPoint("First", free)]));
    }

    [Fact]
    public void Faults_NameAnAddressThatIsNotOfThisMachine() =>
        Assert.StartsWith("Key: port 5080 of 192.0.2.1 cannot be listened on: ",
            Assert.Single(PortCheck.Faults([new ListenPoint("Key", new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5080))])), StringComparison.Ordinal);

    private static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
