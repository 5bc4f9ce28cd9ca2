namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The first moments of a dispatcher's life. What the silos hold is known only when each has said so; until then nothing is granted,
/// because the limits would not be exact.
/// </summary>
internal sealed class Recovery(IEnumerable<string> activeSilos, DateTimeOffset endsAt)
{
    private readonly HashSet<string> _awaited = new(activeSilos, StringComparer.Ordinal);

    /// <summary>When it ends even if silos have said nothing.</summary>
    public DateTimeOffset EndsAt { get; } = endsAt;

    /// <summary>How many silos have said nothing yet.</summary>
    public int Awaited => _awaited.Count;

    /// <summary>The silo has said what it holds, or is lost.</summary>
    public void Settle(string silo) => _awaited.Remove(silo);

    public bool IsOver(DateTimeOffset now) => _awaited.Count == 0 || now >= EndsAt;
}
