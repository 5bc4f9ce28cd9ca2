namespace OrleansJobs.GridClient;

/// <summary>Repeats a call that waits for something while the grid is away, as in a restart, but not for ever.</summary>
internal sealed class Patience(TimeProvider time)
{
    private const int MaxTries = 60;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Runs the call, again and again with growing pauses if the grid is away: about two minutes in all.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (tries < MaxTries && error is UnreachableException or RefusedException { IsPassing: true })
            {
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }
}
