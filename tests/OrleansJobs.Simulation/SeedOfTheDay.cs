using System.Globalization;

namespace OrleansJobs.Simulation;

/// <summary>Where the seeds of a day begin: each day has a million of its own.</summary>
internal static class SeedOfTheDay
{
    /// <summary>The environment variable that sets the first seed instead.</summary>
    public const string Variable = "ORLEANSJOBS_SEED";

    private const ulong SeedsADay = 1_000_000;

    /// <summary>The first seed.</summary>
    /// <param name="given">What the environment says; empty for nothing.</param>
    /// <param name="now">The time; its day in UTC counts.</param>
    /// <exception cref="FormatException">What is given is no seed.</exception>
    public static ulong First(string? given, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(given))
        {
            return ulong.Parse(now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) * SeedsADay;
        }

        return ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new FormatException($"{Variable} is '{given}'; it has to be a whole number from 0.");
    }
}
