namespace OrleansJobs.Simulation.Shell;

/// <summary>What the shell does otherwise than it should; by default nothing. Each switch is a fault that the checkers have to see.</summary>
internal sealed record Protocol
{
    public static Protocol Faithful { get; } = new();

    /// <summary>The handler runs before its start is durable.</summary>
    public bool StartsAfterTheHandler { get; init; }

    /// <summary>Notices to dispatchers are lost, and nobody reads the store again.</summary>
    public bool LosesNoticesAndNeverReconciles { get; init; }

    /// <summary>A write without an answer is taken for a success.</summary>
    public bool TakesUnclearWritesForDone { get; init; }

    /// <summary>An activation writes its record without comparing versions.</summary>
    public bool WritesWithoutVersion { get; init; }

    /// <summary>The store's counts are not taken down when a job leaves a state.</summary>
    public bool NeverCountsDown { get; init; }

    /// <summary>A submit is answered before it is stored.</summary>
    public bool AnswersBeforeTheStore { get; init; }

    /// <summary>All classes of a silo share one pool.</summary>
    public bool SharesOnePool { get; init; }

    /// <summary>A silo that cannot renew goes on.</summary>
    public bool HasNoFence { get; init; }

    /// <summary>Each life of a dispatcher has a lower number than the one before.</summary>
    public bool CountsLivesDown { get; init; }

    /// <summary>A handler begins however long ago its lease was renewed.</summary>
    public bool BeginsUnderOldLeases { get; init; }

    /// <summary>A silo begins a lease of an earlier life of the dispatcher after it has told a later one what it holds.</summary>
    public bool BeginsUntoldLeases { get; init; }

    /// <summary>An answer that comes after its exchange was given up brings leases.</summary>
    public bool TakesAnswersGivenUp { get; init; }

    /// <summary>A silo says nothing of handlers that run on although their lease has ended.</summary>
    public bool ConcealsOverstays { get; init; }

    /// <summary>A dispatcher gives leases to silos that died before its life began.</summary>
    public bool GrantsToTheDead { get; init; }

    /// <summary>The store does not look at unique keys.</summary>
    public bool IgnoresUniqueKeys { get; init; }

    /// <summary>Silos start jobs beside one that has to run alone.</summary>
    public bool IgnoresTheGate { get; init; }

    /// <summary>Others run beside a job that ran alone before that is stored.</summary>
    public bool JoinsBeforeTheStore { get; init; }

    /// <summary>A silo starts jobs again though one whose lease is lost may still be stored as running alone there.</summary>
    public bool LeavesWithoutAWord { get; init; }

    /// <summary>The dispatcher does not hear what membership says.</summary>
    public bool IgnoresMembership { get; init; }
}
