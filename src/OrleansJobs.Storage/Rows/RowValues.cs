using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.Rows;

/// <summary>
/// Takes the values of a row that any program may have written. One that the grid cannot work with becomes one that it can, and a sentence
/// for the record's oddity. Nothing throws, so that a row spoils no page and no group for its neighbours.
/// </summary>
internal struct RowValues
{
    /// <summary>Largest token: lines of a job's log are numbered by multiples of it.</summary>
    public const long MaxToken = 1L << 50;

    /// <summary>Highest count of attempts and of lost silos.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>Shortest timeout of an attempt, in microseconds.</summary>
    public const long MinTimeout = 1_000;

    private const int MaxLength = 900;

    /// <summary>What was odd; null if nothing was.</summary>
    public string? Oddity { get; private set; }

    /// <summary>Adds a sentence.</summary>
    public void Add(string sentence) =>
        Oddity = Oddity is null ? sentence : Oddity.Length + sentence.Length < MaxLength ? $"{Oddity} {sentence}" : Oddity;

    public long Number(string column, long value, long min, long max)
    {
        if (value >= min && value <= max)
        {
            return value;
        }

        Add($"{column} is {value}; allowed is {min} to {max}.");
        return value < min ? min : max;
    }

    public int Count(string column, long value) => (int)Number(column, value, 0, MaxCount);

    /// <summary>A time, given in microseconds since 1970.</summary>
    public DateTimeOffset Time(string column, long micros)
    {
        var time = Micros.ToBoundedTime(micros);
        if (Micros.Of(time) != micros)
        {
            Add($"{column} is no time from {StoredTime.Earliest.Year} to {StoredTime.Latest.Year}.");
        }

        return time;
    }

    public DateTimeOffset? Time(string column, long? micros) => micros is { } value ? Time(column, value) : null;

    public TimeSpan? Timeout(long? micros) =>
        micros is { } value ? Micros.ToPeriod(Number("timeout_us", value, MinTimeout, Micros.Of(JobLimits.MaxTimeout))) : null;

    public TimeSpan Backoff(long micros) => Micros.ToPeriod(Number("last_backoff_us", micros, 0, Micros.Of(JobLimits.MaxDelay)));

    public WaitReason WaitedFor(long value) => (WaitReason)Number("waited_for", value, 0, (long)WaitReason.Alone);

    /// <summary>The name of a silo, which is written again with each change.</summary>
    public static string? Silo(string? name) => name is null ? null : StorableText.Clean(name);

    /// <summary>A body, which is left out if it is too large to be written again.</summary>
    public ReadOnlyMemory<byte>? Body(string column, ReadOnlyMemory<byte>? bytes, int max)
    {
        if (bytes is not { } value || value.Length <= max)
        {
            return bytes;
        }

        Add($"{column} has {value.Length} bytes; allowed are {max}.");
        return null;
    }

    public IReadOnlyList<string> Tags(string? json)
    {
        if (RowJson.TryToTags(json, out var tags))
        {
            return tags;
        }

        Add("tags is no list of words.");
        return [];
    }

    public JobProgress? Progress(string? json)
    {
        if (RowJson.TryToProgress(json, out var progress))
        {
            return progress;
        }

        Add("progress is not what the grid writes there.");
        return null;
    }

    public JobError? Error(string? json)
    {
        if (RowJson.TryToError(json, out var error))
        {
            return error;
        }

        Add("last_error is not what the grid writes there.");
        return null;
    }

    public IReadOnlyList<JobAttempt> Attempts(string? json)
    {
        if (RowJson.TryToAttempts(json, out var attempts))
        {
            return attempts;
        }

        Add("attempts is not what the grid writes there.");
        return [];
    }

    /// <summary>The record with what is odd in it as a whole, and what was found in its values.</summary>
    public JobRecord Finish(JobRecord record)
    {
        if (record.State.IsWaiting() && record.Attempt >= record.MaxAttempts)
        {
            Add($"The job waits, though its attempts are used up: {record.Attempt} of {record.MaxAttempts}.");
        }

        if (record.State.IsTerminal() && record.FinishedAt is null)
        {
            Add("finished_at is missing, though the job has ended: it is kept until somebody deletes it.");
        }

        return Oddity is null ? record : record with { Oddity = Oddity };
    }
}
