using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Sqlite;

/// <summary>How a job store in one SQLite file is kept.</summary>
/// <param name="Path">The database file; made if it is missing, in a directory that has to exist.</param>
public sealed record SqliteStoreOptions(string Path)
{
    /// <summary>How long to wait for another process that writes, from 0 to 5 min. 5 s by default.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Times a write is tried again when another process keeps the file, from 1 to 100. 3 by default.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Connections for reading at the same time, from 1 to 64. 4 by default.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>
    /// Pages of 4 KiB the write-ahead log may have before they are copied to the file, from 100 to 1,000,000. 32,000 (128 MB) by default:
    /// a page that many jobs change, one after another, is copied once.
    /// </summary>
    public int CheckpointPages { get; set; } = 32_000;

    /// <summary>The largest the file may grow to, in pages of 4 KiB; null for no limit but the disk's.</summary>
    public long? MaxPages { get; set; }

    /// <summary>The bounds of the groups.</summary>
    public GroupCommitLimits GroupCommit { get; set; } = new();

    /// <exception cref="InvalidOptionsException">An option is out of range; the error lists all that are.</exception>
    internal void Validate()
    {
        var faults = Faults().Concat(GroupCommit.Faults()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return "Path is empty; it must name the database file.";
        }

        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(5))
        {
            yield return $"BusyTimeout is {BusyTimeout}; it must be from 0 to 5 minutes.";
        }

        if (MaxRetries is < 1 or > 100)
        {
            yield return $"MaxRetries is {MaxRetries}; it must be from 1 to 100.";
        }

        if (Readers is < 1 or > 64)
        {
            yield return $"Readers is {Readers}; it must be from 1 to 64.";
        }

        if (CheckpointPages is < 100 or > 1_000_000)
        {
            yield return $"CheckpointPages is {CheckpointPages}; it must be from 100 to 1,000,000.";
        }

        if (MaxPages is < 1)
        {
            yield return $"MaxPages is {MaxPages}; it must be at least 1.";
        }
    }
}
