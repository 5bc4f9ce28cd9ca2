namespace OrleansJobs.Client;

/// <summary>How a client in a process of its own reaches the grid.</summary>
public sealed class JobClientOptions
{
    /// <summary>What <see cref="ConnectTimeout"/> is unless it is set: 10 s.</summary>
    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The least that <see cref="ConnectTimeout"/> may be: 100 ms.</summary>
    public static readonly TimeSpan MinConnectTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>The most that <see cref="ConnectTimeout"/> may be: 1 day.</summary>
    public static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the start of the host waits for a silo, from <see cref="MinConnectTimeout"/> to <see cref="MaxConnectTimeout"/>, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> to wait until there is one. 10 s by default. When it is over, the start fails with a
    /// <see cref="GridUnavailableException"/> that says where the client looked and what it found there.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;

    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    internal void Validate()
    {
        if (ConnectTimeout != Timeout.InfiniteTimeSpan && (ConnectTimeout < MinConnectTimeout || ConnectTimeout > MaxConnectTimeout))
        {
            throw new InvalidOptionsException(
                [$"ConnectTimeout is {ConnectTimeout}; it must be from {MinConnectTimeout} to {MaxConnectTimeout}, or Timeout.InfiniteTimeSpan."]);
        }
    }
}
