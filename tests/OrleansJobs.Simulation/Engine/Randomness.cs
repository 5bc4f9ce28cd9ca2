namespace OrleansJobs.Simulation.Engine;

/// <summary>
/// A stream of random numbers (SplitMix64: G. Steele, D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
/// Each concern has its own, so that more numbers drawn for one do not change what another draws.
/// </summary>
internal sealed class Randomness(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The stream of a concern in the run of a seed.</summary>
    public static Randomness For(ulong seed, string concern)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in concern)
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        return new Randomness(Mix(seed + 0x9E37_79B9_7F4A_7C15UL) ^ hash);
    }

    /// <summary>A stream for one thing among many, such as one attempt of one job.</summary>
    public static Randomness For(ulong seed, JobId job, long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        job.Value.TryWriteBytes(bytes);
        var half = BitConverter.ToUInt64(bytes[8..]);
        return new Randomness(Mix(seed ^ Mix(half ^ BitConverter.ToUInt64(bytes[..8]))) + ((ulong)number * 0xD1B5_4A32_D192_ED03UL));
    }

    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15UL);

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => probability > 0 && Unit() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)(to - from + 1));

    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + TimeSpan.FromTicks((long)((to - from).Ticks * Unit()));

    /// <summary>A time in milliseconds, both ends included.</summary>
    public TimeSpan Milliseconds(double from, double to) => TimeSpan.FromMilliseconds(from + ((to - from) * Unit()));

    public T Pick<T>(IReadOnlyList<T> among) => among[Between(0, among.Count - 1)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}
