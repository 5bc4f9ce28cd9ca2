using System.Text;
using LearningPlatform.Files;
using OrleansJobs;

namespace LearningPlatform.Transcode;

/// <summary>All renditions of one transcode, in a directory that belongs to the job, so that every attempt writes to the same places.</summary>
internal sealed class RenditionSet : IAsyncDisposable
{
    private readonly string _directory;
    private readonly string _stem;
    private readonly long _leaseToken;

    public RenditionSet(LearningPlatformOptions options, JobContext context, string source, IReadOnlyList<int> qualities)
    {
        var job = context.JobId.ToString();
        _directory = Path.Combine(options.RenditionsDirectory, job[^2..], job);
        _stem = FileNames.StemOf(source);
        _leaseToken = context.LeaseToken;
        Directory.CreateDirectory(_directory);
        Drafts = [.. qualities.Distinct().Order().Select(quality => new RenditionDraft(quality, PathOf($"q{quality}.br"), context.LeaseToken))];
    }

    public IReadOnlyList<RenditionDraft> Drafts { get; }

    public IReadOnlyList<Rendition> SoFar => [.. Drafts.Select(draft => draft.SoFar)];

    public async Task<bool> TryTakeOverAsync(IReadOnlyList<Rendition> earlier, CancellationToken cancellationToken)
    {
        if (!earlier.Select(rendition => rendition.Quality).SequenceEqual(Drafts.Select(draft => draft.Quality)))
            return false;

        foreach (var (draft, rendition) in Drafts.Zip(earlier))
        {
            if (!await draft.TryTakeOverAsync(rendition, cancellationToken))
                return false;
        }

        return true;
    }

    public void Restart()
    {
        foreach (var draft in Drafts)
            draft.Restart();
    }

    /// <summary>Puts all renditions into their places. What earlier attempts left is not needed from then on.</summary>
    public IReadOnlyList<Rendition> Publish()
    {
        var published = Drafts.Select(draft => draft.Publish()).ToArray();
        DeleteEarlierDrafts();
        return published;
    }

    /// <summary>Writes the hashes of the source and its renditions in the manner of <c>sha256sum</c>.</summary>
    public async Task<string> WriteChecksumsAsync(
        string source, string sourceSha256, IReadOnlyList<Rendition> renditions, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder().Append(ChecksumLine(sourceSha256, source));
        foreach (var rendition in renditions)
            lines.Append(ChecksumLine(rendition.Sha256, Path.GetFileName(rendition.Path)));

        var path = PathOf("sha256");
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(lines.ToString()), _leaseToken.ToString(), cancellationToken);
        return path;
    }

    /// <summary>Deletes the drafts of this attempt.</summary>
    public void DeleteDrafts()
    {
        foreach (var draft in Drafts)
            draft.Delete();
    }

    /// <summary>Deletes the drafts of earlier attempts; a later one's are not touched, in case this one has lost its lease.</summary>
    public void DeleteEarlierDrafts()
    {
        foreach (var draft in Directory.EnumerateFiles(_directory, "*" + RenditionDraft.Ending))
        {
            if (RenditionDraft.LeaseTokenOf(draft) < _leaseToken)
                File.Delete(draft);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var draft in Drafts)
            await draft.DisposeAsync();
    }

    private string PathOf(string ending) => Path.Combine(_directory, $"{_stem}.{ending}");

    /// <summary>A name with a line break or a backslash is written with both escaped, and a backslash before the line.</summary>
    private static string ChecksumLine(string sha256, string name)
    {
        var escaped = name.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");
        return $"{(escaped == name ? "" : "\\")}{sha256}  {escaped}\n";
    }
}
