namespace OrleansJobs.Http;

/// <summary>The limits of the HTTP API, beside those of <see cref="JobLimits"/>.</summary>
public static class HttpLimits
{
    /// <summary>Room for everything in the body of one job but its payload, in bytes (64 KiB).</summary>
    public const int MaxJobOverheadBytes = 64 * 1024;

    /// <summary>Largest body that submits one job, and longest line of a batch: a full payload in base64 and its options.</summary>
    public const int MaxJobBodyBytes = ((JobLimits.MaxPayloadBytes + 2) / 3 * 4) + MaxJobOverheadBytes;

    /// <summary>Largest body that submits a batch, in bytes (28 MiB); more jobs go in further calls.</summary>
    public const int MaxBatchBodyBytes = 28 * 1024 * 1024;

    /// <summary>Largest body of any other call, in bytes (1 MiB).</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <summary>Longest that one call may wait for something to happen (20 s).</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);
}
