using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Pauses between tries: each twice the one before, spread over its upper half, up to a limit.</summary>
internal sealed class GrowingPause(Randomness random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public TimeSpan Next()
    {
        var pause = _next * (0.5 + (random.Unit() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }
}
