namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The first moments of a dispatcher's life. What the silos hold is known only when each has said so; until then nothing is granted,
/// because the limits would not be exact.
/// </summary>
internal sealed class Recovery(IEnumerable<string> activeSilos, DateTimeOffset endsAt)
{
    private readonly HashSet<string> _awaited = new(activeSilos, StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>When it ends even if silos have said nothing.</summary>
    public DateTimeOffset EndsAt { get; } = endsAt;

    /// <summary>The silos that have said nothing yet.</summary>
    public IReadOnlyCollection<string> Awaited => _awaited;

    /// <summary>The silo has said what it holds, or is lost.</summary>
    public void Settle(string silo) => _awaited.Remove(silo);

    /// <summary>Whether it is over; once it is, it stays so.</summary>
    public bool IsOver(DateTimeOffset now) => _isOver = _isOver || _awaited.Count == 0 || now >= EndsAt;
}
