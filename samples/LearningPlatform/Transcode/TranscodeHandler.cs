using LearningPlatform.Files;
using OrleansJobs;

namespace LearningPlatform.Transcode;

/// <summary>
/// The CPU-heavy, long job: compresses a file at several qualities. It reports progress after each chunk, goes on behind the last
/// checkpoint when it is run again, and puts finished renditions into their places whole.
/// </summary>
public sealed class TranscodeHandler(LearningPlatformOptions options, IChunkEncoder encoder) : IJobHandler<TranscodeMedia>
{
    /// <summary>
    /// Makes the renditions; the result is a <see cref="TranscodeResult"/>. A source that is missing, or is no file, is a dead letter; a
    /// disk that fails, and a source that changes while it is read, fail the attempt.
    /// </summary>
    public async Task<JobResult> HandleAsync(TranscodeMedia payload, JobContext context)
    {
        var qualities = payload.Qualities ?? options.Qualities;
        if (FaultOf(qualities) is { } wrong)
            return JobResult.DeadLetter(wrong);

        await using var source = SourceFile.TryOpen(payload.Source, options.SourceDirectories, out var fault);
        if (source is null)
            return JobResult.DeadLetter(fault);

        await using var transcoding = new Transcoding(options, encoder, context, source, qualities);
        return JobResult.Success(await transcoding.RunAsync(payload.Source));
    }

    private static string? FaultOf(IReadOnlyList<int> qualities) =>
        qualities.Count is 0 or > LearningPlatformOptions.MaxQualities || !qualities.All(Brotli.IsQuality)
            ? $"A transcode takes 1 to {LearningPlatformOptions.MaxQualities} qualities from {Brotli.MinQuality} to {Brotli.MaxQuality}; "
                + $"this one has [{string.Join(", ", qualities.Take(LearningPlatformOptions.MaxQualities + 1))}]."
            : null;
}
