using LearningPlatform.Email;
using OrleansJobs;

namespace LearningPlatform;

/// <summary>Where the learning platform keeps what its jobs make, and how they make it.</summary>
public sealed record LearningPlatformOptions
{
    /// <summary>Smallest chunk of a source, in bytes (1 KiB).</summary>
    public const int MinChunkBytes = 1024;

    /// <summary>Largest chunk of a source, in bytes (64 MiB).</summary>
    public const int MaxChunkBytes = 64 * 1024 * 1024;

    /// <summary>Largest number of renditions of one source.</summary>
    public const int MaxQualities = 12;

    /// <summary>Largest number of chunks between two checkpoints.</summary>
    public const int MaxChunksPerCheckpoint = 1_024;

    /// <summary>Largest part of a document that may be put into the index, in bytes (256 MiB).</summary>
    public const int MaxIndexedBytesLimit = 256 * 1024 * 1024;

    /// <summary>
    /// The directory below which everything is written: <c>renditions/</c>, <c>mail/</c> and <c>search.db</c>. It is made if it is not
    /// there. <c>learning-platform</c> in the working directory by default. Silos that share a grid share it too.
    /// </summary>
    public string DataDirectory { get; init; } = "learning-platform";

    /// <summary>
    /// The directories below which sources are read, symbolic links resolved; a job that names a file elsewhere is a dead letter, for whoever may submit could
    /// read any file of the host's user by it. At least one; the working directory by default.
    /// </summary>
    public IReadOnlyList<string> SourceDirectories { get; init; } = ["."];

    /// <summary>Brotli qualities of the renditions, each from 0 (fast) to 11 (small); 1, 5 and 9 by default.</summary>
    public IReadOnlyList<int> Qualities { get; init; } = [1, 5, 9];

    /// <summary>
    /// How much of a source is compressed at a time, in bytes; from <see cref="MinChunkBytes"/> to <see cref="MaxChunkBytes"/>. 1 MiB by
    /// default. Progress is reported, and cancellation seen, after each.
    /// </summary>
    public int ChunkBytes { get; init; } = 1024 * 1024;

    /// <summary>Chunks after which a checkpoint is stored, from 1 to <see cref="MaxChunksPerCheckpoint"/>. 4 by default.</summary>
    public int ChunksPerCheckpoint { get; init; } = 4;

    /// <summary>How much of a document's text is indexed, in bytes; up to <see cref="MaxIndexedBytesLimit"/>. 4 MiB by default.</summary>
    public int MaxIndexedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The sender of emails that name none. <c>learning@platform.example</c> by default.</summary>
    public string Sender { get; init; } = "learning@platform.example";

    /// <summary>The mail server; null, the default, writes emails as files to the pickup folder <c>mail/</c> instead.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary><see cref="DataDirectory"/> as an absolute path.</summary>
    internal string DataRoot => Path.GetFullPath(DataDirectory);

    /// <summary>Where renditions are written.</summary>
    internal string RenditionsDirectory => Path.Combine(DataRoot, "renditions");

    /// <summary>Where emails are written when there is no mail server.</summary>
    internal string MailDirectory => Path.Combine(DataRoot, "mail");

    /// <summary>The database file of the search index.</summary>
    public string SearchDatabase => Path.Combine(DataRoot, "search.db");

    /// <summary>These options, if they are valid.</summary>
    /// <exception cref="InvalidOptionsException">They are not; the error lists every fault.</exception>
    public LearningPlatformOptions Validated()
    {
        var faults = Faults().ToList();
        return faults.Count == 0 ? this : throw new InvalidOptionsException(faults);
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory) || DataDirectory.Contains('\0'))
            yield return $"LearningPlatform:DataDirectory is '{DataDirectory?.Replace("\0", "\\0")}'; it must name a directory.";
        if (SourceDirectories is not { Count: > 0 } || SourceDirectories.Any(directory => string.IsNullOrWhiteSpace(directory) || directory.Contains('\0')))
            yield return "LearningPlatform:SourceDirectories must name directories, at least one.";
        if (Qualities is not { Count: > 0 and <= MaxQualities })
            yield return $"LearningPlatform:Qualities has {Qualities?.Count ?? 0} entries; it must have 1 to {MaxQualities}.";
        foreach (var quality in Qualities ?? [])
        {
            if (!Transcode.Brotli.IsQuality(quality))
                yield return $"LearningPlatform:Qualities has {quality}; a quality is from {Transcode.Brotli.MinQuality} to {Transcode.Brotli.MaxQuality}.";
        }

        if (OutOfRange(nameof(ChunkBytes), ChunkBytes, MinChunkBytes, MaxChunkBytes) is { } chunk)
            yield return chunk;
        if (OutOfRange(nameof(ChunksPerCheckpoint), ChunksPerCheckpoint, 1, MaxChunksPerCheckpoint) is { } checkpoint)
            yield return checkpoint;
        if (OutOfRange(nameof(MaxIndexedBytes), MaxIndexedBytes, 1, MaxIndexedBytesLimit) is { } indexed)
            yield return indexed;
        if (EmailAddress.FaultOf(Sender) is { } sender)
            yield return $"LearningPlatform:Sender is '{Sender}': {sender}";
        foreach (var fault in Smtp?.Faults() ?? [])
            yield return fault;
    }

    private static string? OutOfRange(string key, int value, int least, int most) =>
        value < least || value > most ? $"LearningPlatform:{key} is {value}; it must be from {least} to {most}." : null;
}
