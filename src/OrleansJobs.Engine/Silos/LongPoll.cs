namespace OrleansJobs.Engine.Silos;

/// <summary>Lets calls wait for a signal within bounds.</summary>
internal sealed class LongPoll(SiloStopping stopping, IClusterTurns turns, TimeProvider time)
{
    /// <summary>True when the signal came; false when the time was up, or the call had better end for another reason.</summary>
    /// <exception cref="GridUnavailableException">The silo stops.</exception>
    public async Task<bool> WaitAsync(Task signal, TimeSpan waitUpTo)
    {
        if (await EndsAsync(signal, waitUpTo))
        {
            return true;
        }

        return stopping.Token.IsCancellationRequested ? throw SiloStopping.Error() : false;
    }

    /// <summary>Whether the signal came before the time was up, the silo stopped or another left.</summary>
    public async Task<bool> EndsAsync(Task signal, TimeSpan waitUpTo)
    {
        if (signal.IsCompleted || waitUpTo <= TimeSpan.Zero)
        {
            return signal.IsCompleted;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, turns.Next);
        try
        {
            await signal.WaitAsync(turns.Bound(waitUpTo), time, ends.Token);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return signal.IsCompleted;
        }
    }
}
