namespace OrleansJobs;

/// <summary>
/// How much a durable audit trail keeps of each kind; what is beyond goes as new entries come. No kind takes room from another. Register another one before
/// the engine.
/// </summary>
public sealed record AuditOptions
{
    /// <summary>The fewest entries of a kind that may be kept.</summary>
    public const long MinEntries = 1_000;

    /// <summary>The most entries of a kind that may be kept.</summary>
    public const long MostEntries = 100_000_000;

    /// <summary>The shortest time for which entries may be kept (1 day).</summary>
    public static readonly TimeSpan ShortestAge = TimeSpan.FromDays(1);

    /// <summary>Entries of the kind <see cref="AuditKind.Change"/>. 1,000,000, for 366 days, by default.</summary>
    public AuditRetention Changes { get; init; } = new() { MaxEntries = 1_000_000 };

    /// <summary>Entries of the kind <see cref="AuditKind.SignIn"/>. 100,000, for 366 days, by default.</summary>
    public AuditRetention SignIns { get; init; } = new() { MaxEntries = 100_000 };

    /// <summary>Entries of the kind <see cref="AuditKind.Refusal"/>. 100,000, for 366 days, by default.</summary>
    public AuditRetention Refusals { get; init; } = new() { MaxEntries = 100_000 };

    /// <summary>Entries of the kind <see cref="AuditKind.Submit"/>. 1,000,000, for 366 days, by default.</summary>
    public AuditRetention Submits { get; init; } = new() { MaxEntries = 1_000_000 };

    /// <summary>What is kept of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public AuditRetention Of(AuditKind kind) => kind switch
    {
        AuditKind.Change => Changes,
        AuditKind.SignIn => SignIns,
        AuditKind.Refusal => Refusals,
        AuditKind.Submit => Submits,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of audit entry."),
    };

    /// <summary>Every fault of these options, each with the key, the value and the range; empty when they are valid.</summary>
    public IReadOnlyList<string> Check() =>
    [
        .. Changes.Check(nameof(Changes)), .. SignIns.Check(nameof(SignIns)), .. Refusals.Check(nameof(Refusals)), .. Submits.Check(nameof(Submits)),
    ];
}
