using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Metadata;
using Orleans.Runtime;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Tests.Dispatch;

/// <summary>What the silos of a cluster have, as a test says.</summary>
internal sealed class ScriptedManifests : IClusterManifestProvider
{
    private readonly Channel<ClusterManifest> _updates = Channel.CreateUnbounded<ClusterManifest>();
    private ImmutableDictionary<SiloAddress, GrainManifest> _silos = ImmutableDictionary<SiloAddress, GrainManifest>.Empty;
    private readonly SemaphoreSlim _actedOn = new(0);
    private long _version;
    private int _awaited;

    public ClusterManifest Current { get; private set; } = new(new MajorMinorVersion(0, 0), ImmutableDictionary<SiloAddress, GrainManifest>.Empty);

    public IAsyncEnumerable<ClusterManifest> Updates => ReadAsync();

    public GrainManifest LocalGrainManifest => throw new NotSupportedException();

    /// <summary>The silo has dispatchers, of these classes; null if its version does not say of which.</summary>
    public void Set(int silo, JobClassRegistry? classes)
    {
        var properties = new Dictionary<string, string>();
        if (classes is not null)
        {
            new DispatcherClasses(classes).Populate(typeof(DispatcherGrain), DispatcherClasses.DispatcherType, properties);
        }

        var grains = ImmutableDictionary<GrainType, GrainProperties>.Empty
            .Add(DispatcherClasses.DispatcherType, new GrainProperties(ImmutableDictionary.CreateRange(StringComparer.Ordinal, properties)));
        _silos = _silos.SetItem(
            SiloAddress.New(IPAddress.Loopback, silo, silo),
            new GrainManifest(grains, ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty));
        Current = new ClusterManifest(new MajorMinorVersion(0, ++_version), _silos);
        _awaited++;
        _updates.Writer.TryWrite(Current);
    }

    /// <summary>Completes once whoever reads the changes has acted on all of them.</summary>
    public async Task WhenActedOnAsync()
    {
        for (; _awaited > 0; _awaited--)
        {
            Assert.True(await _actedOn.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    private async IAsyncEnumerable<ClusterManifest> ReadAsync([EnumeratorCancellation] CancellationToken stopping = default)
    {
        await foreach (var manifest in _updates.Reader.ReadAllAsync(stopping))
        {
            yield return manifest;
            _actedOn.Release();
        }
    }
}
