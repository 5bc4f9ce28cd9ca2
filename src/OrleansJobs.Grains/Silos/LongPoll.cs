namespace OrleansJobs.Grains.Silos;

/// <summary>Waits for a signal within bounds.</summary>
internal static class LongPoll
{
    /// <summary>True when the signal came; false when the time was up.</summary>
    /// <exception cref="GridUnavailableException">The silo stops.</exception>
    public static async Task<bool> WaitAsync(Task signal, TimeSpan waitUpTo, TimeProvider time, CancellationToken stopping)
    {
        try
        {
            await signal.WaitAsync(waitUpTo, time, stopping);
            return true;
        }
        catch (TimeoutException)
        {
            return signal.IsCompleted;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw SiloStopping.Error();
        }
    }
}
