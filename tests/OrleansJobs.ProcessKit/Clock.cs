using System.Diagnostics;

namespace OrleansJobs.ProcessKit;

/// <summary>
/// Waits by the clock, which only this file may do: what is waited for happens in other processes, and killing one at a moment that
/// nobody chose is what some of these tests are about.
/// </summary>
internal static class Clock
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until the answer is not null; fails with <paramref name="what"/> when that takes too long.</summary>
    public static async Task<T> UntilAsync<T>(string what, TimeSpan timeout, Func<Task<T?>> ask, TimeSpan? step = null) where T : class
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(began) > timeout)
            {
                throw new TimeoutException($"After {timeout.TotalSeconds:0} s still not: {what}.");
            }

            await Task.Delay(step ?? Step);
        }
    }

    /// <inheritdoc cref="UntilAsync{T}"/>
    public static Task UntilAsync(string what, TimeSpan timeout, Func<Task<bool>> ask, TimeSpan? step = null) =>
        UntilAsync(what, timeout, async () => await ask() ? what : null, step);

    /// <inheritdoc cref="UntilAsync{T}"/>
    public static Task UntilAsync(string what, TimeSpan timeout, Func<bool> ask) => UntilAsync(what, timeout, () => Task.FromResult(ask()));

    /// <summary>Lets the processes run for a while.</summary>
    public static Task LetRunAsync(TimeSpan period) => Task.Delay(period);

    /// <summary>The time as the probes' traces tell it.</summary>
    public static long NowMilliseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
