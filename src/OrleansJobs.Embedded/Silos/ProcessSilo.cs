using System.Globalization;
using System.Security.Cryptography;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Embedded.Silos;

/// <summary>How this process is called in the jobs that it runs.</summary>
internal static class ProcessSilo
{
    /// <summary>Tells generations apart, also those of one process that starts its grid twice.</summary>
    private const int GenerationBytes = 4;

    /// <summary>Machine, process and a new generation.</summary>
    public static LocalSilo Create()
    {
        var generation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GenerationBytes));
        return new LocalSilo(string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}@{generation}"));
    }
}
