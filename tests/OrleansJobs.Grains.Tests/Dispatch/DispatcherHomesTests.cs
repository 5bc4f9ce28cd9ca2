using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Grains.Tests.Silos;
using OrleansJobs.Testing;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Tests.Dispatch;

/// <summary>Dispatchers go where they belong once the cluster is quiet.</summary>
public sealed class DispatcherHomesTests : IAsyncLifetime
{
    private static readonly string[] Classes = ["a", "b", "c", "d", "e"];

    private readonly WatchedTimeProvider _time = new();
    private readonly ScriptedMembership _membership = new();
    private readonly ScriptedManifests _manifests = new();
    private readonly List<string> _gone = [];
    private readonly DispatcherHomes _homes;

    public DispatcherHomesTests() =>
        _homes = new DispatcherHomes(_membership, _manifests, new Self(), _time, NullLogger<DispatcherHomes>.Instance);

    public async Task InitializeAsync()
    {
        await _homes.StartAsync(CancellationToken.None);
        await JoinAsync(1);
    }

    public async Task DisposeAsync()
    {
        await _homes.StopAsync(CancellationToken.None);
        _homes.Dispose();
    }

    [Fact]
    public void Dispatchers_OfTheOnlySilo_Stay()
    {
        Come();
        _time.Advance(DispatcherHomes.Quiet);
        Assert.Equal(Classes, _homes.Here);
        Assert.Empty(_gone);
    }

    [Fact]
    public async Task Dispatchers_ThatBelongElsewhere_GoOnceTheClusterIsQuiet()
    {
        await JoinAsync(2);
        await JoinAsync(3);
        Come();
        _time.Advance(DispatcherHomes.Quiet - TimeSpan.FromTicks(1));
        Assert.Empty(_gone);

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.InRange(_gone.Count, 3, 4);
        Assert.All(_gone, jobClass => Assert.NotEqual(Address(1), _homes.HomeOf(jobClass, [Address(1), Address(2), Address(3)])));
    }

    /// <summary>Whoever placed it may not have seen the change yet; but whoever never sees it must not have it go to and fro.</summary>
    [Fact]
    public async Task Dispatcher_ThatComesBack_IsSentAwayAgain_ButNotForEver_UntilTheClusterChanges()
    {
        await JoinAsync(2);
        Come();
        _time.Advance(DispatcherHomes.Quiet);
        var sent = _gone.ToList();
        Assert.NotEmpty(sent);
        for (var move = 1; move < DispatcherHomes.MaxMoves; move++)
        {
            _gone.Clear();
            Come();
            _time.Advance(DispatcherHomes.Quiet);
            Assert.Equal(sent, _gone);
        }

        _gone.Clear();
        Come();
        _time.Advance(DispatcherHomes.Quiet);
        Assert.Empty(_gone);

        await JoinAsync(2);
        Come();
        _time.Advance(DispatcherHomes.Quiet);
        Assert.Equal(sent, _gone);
    }

    [Fact]
    public async Task Dispatcher_ThatWasSentAway_IsNotBroughtBackByACallThatWasOnItsWay()
    {
        await JoinAsync(2);
        Come();
        _time.Advance(DispatcherHomes.Quiet);

        Assert.All(Classes, jobClass => Assert.Equal(_gone.Contains(jobClass), _homes.HasJustLeft(jobClass)));
        _time.Advance(DispatcherHomes.Quiet);
        Assert.All(Classes, jobClass => Assert.False(_homes.HasJustLeft(jobClass)));
    }

    [Fact]
    public void Dispatcher_ThatHasLeft_IsNotThere()
    {
        Action go = () => { };
        _homes.Came("a", go);
        _homes.Left("a", () => { });
        Assert.Equal(["a"], _homes.Here);
        _homes.Left("a", go);
        Assert.Empty(_homes.Here);
    }

    [Fact]
    public async Task Home_OfAClassThatNewSilosHaveAlone_IsANewOne()
    {
        await JoinAsync(1, ["old"]);
        await JoinAsync(2, ["old", "new"]);
        _manifests.Set(3, classes: null);
        Assert.Equal(Address(2), _homes.HomeOf("new", [Address(1), Address(2), Address(3)]));
        Assert.Null(_homes.HomeOf("unknown", [Address(1), Address(2), Address(3)]));
    }

    [Fact]
    public async Task Silo_ThatLeaves_SendsNobodyAway()
    {
        await JoinAsync(2);
        Come();
        _membership.Set(1, SiloStatus.ShuttingDown);
        _time.Advance(DispatcherHomes.Quiet);
        Assert.Empty(_gone);
    }

    private static SiloAddress Address(int silo) => SiloAddress.New(IPAddress.Loopback, silo, silo);

    private static JobClassRegistry Registry(string[] classes)
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(jobs =>
        {
            foreach (var jobClass in classes)
            {
                jobs.AddHandler<OtherJob, OtherHandler>(jobClass);
            }
        });
        return services.BuildServiceProvider().GetRequiredService<JobClassRegistry>();
    }

    private Task JoinAsync(int silo, string[]? classes = null)
    {
        _membership.Set(silo, SiloStatus.Active);
        _manifests.Set(silo, Registry(classes ?? Classes));
        return _manifests.WhenActedOnAsync();
    }

    private void Come()
    {
        foreach (var jobClass in Classes)
        {
            _homes.Came(jobClass, () => _gone.Add(jobClass));
        }
    }

    private sealed class Self : ILocalSiloDetails
    {
        public string Name => "self";

        public string ClusterId => "cluster";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => Address(1);

        public SiloAddress GatewayAddress => Address(1);
    }
}
