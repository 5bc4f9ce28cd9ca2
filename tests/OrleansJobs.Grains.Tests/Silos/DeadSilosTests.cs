using System.Net;
using Orleans.Runtime;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Tests.Silos;

public sealed class DeadSilosTests
{
    private const string Embedded = "machine:17@0a1b2c3d";
    private readonly ScriptedMembership _membership = new();

    public DeadSilosTests() => _membership.Set(5, SiloStatus.Active);

    [Fact]
    public void Silo_IsDead_OnceMembershipSaysSo()
    {
        var silos = Silos(StoreClaim.Shared);
        _membership.Set(6, SiloStatus.Active);
        Assert.False(silos.IsDead(Name(6, 6)));

        _membership.Set(6, SiloStatus.Dead);

        Assert.True(silos.IsDead(Name(6, 6)));
        Assert.False(silos.IsDead(Name(5, 5)));
    }

    [Fact]
    public void Silo_ThatIsNotKnown_IsNotDead_ButAnEarlierLifeOfAMemberIs()
    {
        var silos = Silos(StoreClaim.Shared);
        Assert.False(silos.IsDead(Name(7, 7)));
        Assert.True(silos.IsDead(Name(5, 4)));
    }

    [Fact]
    public void Name_ThatIsNoneOfASilo_IsDead()
    {
        Assert.All([Embedded, "", "S", "S1.2.3.4", "S1.2.3.4:x:y"], name => Assert.True(Silos(StoreClaim.Shared).IsDead(name)));
    }

    [Fact]
    public void AnyOtherSilo_IsDead_WhereTheStoreIsHadAlone()
    {
        var silos = Silos(StoreClaim.Exclusive);
        Assert.True(silos.IsDead(Name(7, 7)));
        Assert.False(silos.IsDead(Name(5, 5)));
    }

    private static string Name(int port, int generation) => SiloNames.Of(SiloAddress.New(IPAddress.Loopback, port, generation));

    private DeadSilos Silos(StoreClaim claim) => new(_membership, new StoreSharing(claim), new LocalSilo(Name(5, 5)));
}
