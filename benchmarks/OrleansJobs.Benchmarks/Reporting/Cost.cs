namespace OrleansJobs.Benchmarks.Reporting;

/// <summary>What the process spends on a job, which other load on the machine hardly changes.</summary>
/// <param name="CpuMicroseconds">CPU time of all its threads.</param>
/// <param name="Bytes">Bytes that it allocates.</param>
internal sealed record Cost(double CpuMicroseconds, double Bytes)
{
    /// <summary>Measures what is spent from now on.</summary>
    /// <returns>Gives the cost of each of so many jobs.</returns>
    public static Func<int, Cost> Begin()
    {
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        return jobs => new Cost(
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / jobs, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)jobs);
    }
}
