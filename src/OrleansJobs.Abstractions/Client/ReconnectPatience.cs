namespace OrleansJobs;

/// <summary>The growing pauses between tries to reach a grid that is away.</summary>
internal sealed class ReconnectPatience(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next, time, cancellationToken);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }
}
