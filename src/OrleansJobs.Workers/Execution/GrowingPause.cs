namespace OrleansJobs.Workers.Execution;

/// <summary>Pauses between tries of a call that has no answer: each twice the one before, spread over its upper half, up to a limit.</summary>
internal sealed class GrowingPause(TimeProvider time)
{
    /// <summary>The first pause at its longest.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>No pause is longer.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(3);

    private TimeSpan _next = First;

    /// <summary>Starts again with the shortest pause.</summary>
    public void Reset() => _next = First;

    /// <summary>Waits for the next pause, or until the token fires; does not throw then.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.5 + (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < Max ? _next * 2 : Max;
        await Task.Delay(pause, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
