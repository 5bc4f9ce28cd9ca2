using LearningPlatform.Demo.Folder;
using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using MimeKit;
using OrleansJobs;

namespace LearningPlatform.Demo.Report;

/// <summary>Checks what succeeded jobs have made, as their results tell of it.</summary>
internal sealed class OutputCheck(DemoOptions options, Tally tally, WordPicker words)
{
    private readonly Lock _lock = new();
    private long _bytesLeft = options.VerifyBytes;
    private int _renditions;
    private int _rightRenditions;
    private int _uncheckedRenditions;
    private int _emails;
    private int _rightEmails;
    private long _sourceBytes;
    private long _renditionBytes;
    private int _resumed;

    public int Renditions => _renditions;

    public int RightRenditions => _rightRenditions;

    public int UncheckedRenditions => _uncheckedRenditions;

    public int Emails => _emails;

    public int RightEmails => _rightEmails;

    public long SourceBytes => _sourceBytes;

    public long RenditionBytes => _renditionBytes;

    /// <summary>Transcodes that went on where an earlier attempt had stopped.</summary>
    public int Resumed => _resumed;

    /// <summary>Places of outputs, by class, as the last result told.</summary>
    public string? RenditionsPlace { get; private set; }

    public string? MailPlace { get; private set; }

    public string? SearchDatabase { get; private set; }

    /// <summary>Checks the outputs of a job that succeeded.</summary>
    public async Task CheckAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        try
        {
            await (job.JobClass == JobClasses.Transcode.Name ? CheckAsync(Read<TranscodeResult>(job), cancellationToken)
                : job.JobClass == JobClasses.Index.Name ? CheckAsync(Read<IndexResult>(job), cancellationToken)
                : CheckAsync(Read<EmailResult>(job), cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or System.Text.Json.JsonException)
        {
            tally.Fault($"Output of {job.JobClass} job {job.Id}: {error.Message}");
        }
    }

    private async Task CheckAsync(TranscodeResult result, CancellationToken cancellationToken)
    {
        RenditionsPlace = Path.Combine(options.Data ?? result.DataDirectory, "renditions");
        Interlocked.Add(ref _sourceBytes, result.SourceBytes);
        Interlocked.Add(ref _renditionBytes, result.Renditions.Sum(rendition => rendition.Bytes));
        if (result.ResumedBytes > 0)
            Interlocked.Increment(ref _resumed);
        foreach (var rendition in result.Renditions)
        {
            Interlocked.Increment(ref _renditions);
            if (!TryTake(result.SourceBytes))
                Interlocked.Increment(ref _uncheckedRenditions);
            else
                await CheckAsync(result, rendition, cancellationToken);
        }
    }

    private async Task CheckAsync(TranscodeResult result, Rendition rendition, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Here(rendition.Path, result.DataDirectory));
        if (await Brotli.HashContentAsync(file, cancellationToken) == result.SourceSha256)
            Interlocked.Increment(ref _rightRenditions);
        else
            tally.Fault($"The rendition '{rendition.Path}' does not decode to what '{result.Source}' was.");
    }

    private async Task CheckAsync(IndexResult result, CancellationToken cancellationToken)
    {
        SearchDatabase = Here(result.Database, result.DataDirectory);
        if (result is { IsText: true, Characters: > 0 })
            await words.LookAtAsync(result.Path, cancellationToken);
    }

    private async Task CheckAsync(EmailResult result, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _emails);
        if (!Path.IsPathFullyQualified(result.DeliveredTo))
        {
            MailPlace = result.DeliveredTo;
            return;
        }

        var path = Here(result.DeliveredTo, result.DataDirectory);
        MailPlace = Path.GetDirectoryName(path);
        var email = await MimeMessage.LoadAsync(path, cancellationToken);
        if (email.From.Count == 0 || email.To.Count == 0 || email.TextBody is null)
            tally.Fault($"The email '{path}' lacks a sender, a recipient or its text.");
        else if (email.Headers[HeaderId.MessageId] == result.MessageId)
            Interlocked.Increment(ref _rightEmails);
        else
            tally.Fault($"The email '{path}' is another one than its job tells of.");
    }

    private string Here(string path, string dataDirectory) =>
        options.Data is null ? path : Path.Combine(options.Data, Path.GetRelativePath(dataDirectory, path));

    private bool TryTake(long bytes)
    {
        lock (_lock)
        {
            if (bytes > _bytesLeft)
                return false;
            _bytesLeft -= bytes;
            return true;
        }
    }

    private static T Read<T>(JobSnapshot job) where T : class =>
        (job.Result is { } result ? JobSerializer.Default.Deserialize<T>(result) : null)
        ?? throw new FormatException("the job has no result.");
}
