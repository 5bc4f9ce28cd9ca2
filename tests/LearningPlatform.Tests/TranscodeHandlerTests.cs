using System.Diagnostics;
using System.Security.Cryptography;
using LearningPlatform.Tests.Support;
using LearningPlatform.Transcode;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed partial class TranscodeHandlerTests : Scratch
{
    private readonly CountingEncoder _encoder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024 - 1)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(4 * 64 * 1024)]
    [InlineData(5 * 1024 * 1024 + 17)]
    public async Task Transcode_OfAnySize_DecodesToExactlyTheSource(int bytes)
    {
        var content = Media(bytes);
        var source = Put("lecture.mp4", content);

        var result = await SucceedAsync(source, new AttemptContext());

        Assert.Equal([1, 5, 9], result.Renditions.Select(rendition => rendition.Quality));
        Assert.Equal(bytes, result.SourceBytes);
        Assert.Equal(Hash(content), result.SourceSha256);
        foreach (var rendition in result.Renditions)
            await AssertDecodesToAsync(content, rendition);
    }

    [Theory]
    [InlineData("søster 图 🎬.mp4")]
    [InlineData("line\nbreak.bin")]
    [InlineData("back\\slash 'quote\" $HOME.txt")]
    [InlineData("-rf")]
    [InlineData(" ")]
    [InlineData("*.part")]
    public async Task Transcode_OfAnOddName_KeepsTheName(string name)
    {
        var source = Put(name, "content");

        var result = await SucceedAsync(source, new AttemptContext());

        Assert.All(result.Renditions, rendition => Assert.Equal($"{name}.q{rendition.Quality}.br", Path.GetFileName(rendition.Path)));
        await AssertDecodesToAsync("content"u8.ToArray(), result.Renditions[0]);
    }

    [Fact]
    public async Task Transcode_OfTheLongestName_CutsItAtACharacter()
    {
        var source = Put(new string('é', 127), "content");

        var result = await SucceedAsync(source, new AttemptContext());

        Assert.Equal(new string('é', 80) + ".q1.br", Path.GetFileName(result.Renditions[0].Path));
    }

    [Fact]
    public async Task Transcode_RunTwice_WritesTheSameFilesAgain()
    {
        var source = Put("a.bin", Media(300_000));
        var first = new AttemptContext();

        var one = await SucceedAsync(source, first);
        var two = await SucceedAsync(source, first.Next());

        Assert.Equal(one.Renditions, two.Renditions);
        Assert.Equal(4, FilesOf(first.JobId).Length);
    }

    [Fact]
    public async Task Transcode_OfTwoJobsOnOneSource_KeepsThemApart()
    {
        var source = Put("a.bin", Media(1000));

        var one = await SucceedAsync(source, new AttemptContext());
        var two = await SucceedAsync(source, new AttemptContext());

        Assert.Empty(one.Renditions.Select(rendition => rendition.Path).Intersect(two.Renditions.Select(rendition => rendition.Path)));
    }

    [Fact]
    public async Task Transcode_WithQualities_MakesThoseOnce()
    {
        var source = Put("a.bin", Media(1000));

        var result = Value(await HandleAsync(new TranscodeMedia(source, [11, 0, 11]), new AttemptContext()));

        Assert.Equal([0, 11], result.Renditions.Select(rendition => rendition.Quality));
    }

    [Fact]
    public async Task Progress_IsReportedPerChunk_AndEndsAtOne()
    {
        var source = Put("a.bin", Media(10 * 64 * 1024));
        var attempt = new AttemptContext();

        await SucceedAsync(source, attempt);

        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], attempt.Reports.Select(report => Math.Round(report.Fraction, 6)));
        Assert.Equal(4, attempt.Checkpoints);
    }

    [Fact]
    public async Task Cancel_LeavesNoFinishedRendition()
    {
        var source = Put("a.bin", Media(10 * 64 * 1024));

        var withCheckpoint = await CancelAfterAsync(source, chunks: 3);
        var without = await CancelAfterAsync(source, chunks: 1);

        Assert.All(FilesOf(withCheckpoint.JobId), file => Assert.EndsWith(".part", file));
        Assert.Empty(FilesOf(without.JobId));
    }

    [Fact]
    public async Task EarlierAttemptThatStillRuns_DoesNotDeleteTheDraftsOfALaterOne()
    {
        var source = Put("a.bin", Media(10 * 64 * 1024));
        var first = new AttemptContext();
        var second = await CancelAfterAsync(source, chunks: 3, first.Next());

        await SucceedAsync(source, first);
        var result = await SucceedAsync(source, second.Next());

        Assert.Equal(2 * 64 * 1024, result.ResumedBytes);
    }

    [Fact]
    public async Task Transcode_OfASourceThatGrowsMeanwhile_FailsTheAttempt()
    {
        var source = Put("a.bin", Media(3 * 64 * 1024));
        var attempt = new AttemptContext { Reported = count => File.AppendAllText(source, "more") };

        await Assert.ThrowsAsync<IOException>(() => HandleAsync(new TranscodeMedia(source), attempt));

        Assert.DoesNotContain(FilesOf(attempt.JobId), file => file.EndsWith(".br", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Checksums_AreAcceptedBySha256sum()
    {
        Skip.IfNot(File.Exists("/usr/bin/sha256sum"), "There is no sha256sum.");
        var result = await SucceedAsync(Put("odd\n\\name", Media(200_000)), new AttemptContext());

        using var check = Process.Start(
            new ProcessStartInfo("/usr/bin/sha256sum", ["--check", "--strict", result.Checksums])
            {
                WorkingDirectory = Path.GetDirectoryName(result.Checksums),
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        var lines = (await check.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await check.WaitForExitAsync();

        Assert.Equal(0, check.ExitCode);
        Assert.Equal(4, lines.Length);
    }

    private Task<JobResult> HandleAsync(TranscodeMedia media, AttemptContext attempt) =>
        new TranscodeHandler(Options, _encoder).HandleAsync(media, attempt);

    private async Task<TranscodeResult> SucceedAsync(string source, AttemptContext attempt) =>
        Value(await HandleAsync(new TranscodeMedia(source), attempt));

    private static TranscodeResult Value(JobResult result)
    {
        Assert.True(result.Kind == JobResultKind.Succeeded, result.Reason);
        return Assert.IsType<TranscodeResult>(result.Value);
    }

    private async Task<AttemptContext> CancelAfterAsync(string source, int chunks, AttemptContext? attempt = null)
    {
        attempt ??= new AttemptContext();
        attempt.Reported = count =>
        {
            if (count == chunks)
                attempt.Stop();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HandleAsync(new TranscodeMedia(source), attempt));
        return attempt;
    }

    private static async Task AssertDecodesToAsync(byte[] content, Rendition rendition)
    {
        Assert.Equal(new FileInfo(rendition.Path).Length, rendition.Bytes);
        Assert.Equal(ContentHash(rendition), rendition.Sha256);
        await using var file = File.OpenRead(rendition.Path);
        using var decoded = new MemoryStream();
        await Brotli.DecodeAsync(file, decoded);
        Assert.True(content.AsSpan().SequenceEqual(decoded.GetBuffer().AsSpan(0, (int)decoded.Length)));
    }

    private string[] FilesOf(JobId job) =>
        Directory.GetFiles(Path.Combine(Options.DataDirectory, "renditions", job.ToString()[^2..], job.ToString()));

    private static byte[] Change(string source, byte[] content, string change)
    {
        var modified = File.GetLastWriteTimeUtc(source);
        switch (change)
        {
            case "length":
                content = [.. content, 1];
                File.WriteAllBytes(source, content);
                File.SetLastWriteTimeUtc(source, modified);
                break;
            case "time":
                File.SetLastWriteTimeUtc(source, modified.AddSeconds(1));
                break;
            default:
                content[100] ^= 1;
                File.WriteAllBytes(source, content);
                File.SetLastWriteTimeUtc(source, modified);
                break;
        }

        return content;
    }

    private static void Flip(string path, int position)
    {
        var content = File.ReadAllBytes(path);
        content[position] ^= 1;
        File.WriteAllBytes(path, content);
    }

    private static string ContentHash(Rendition rendition) => Hash(File.ReadAllBytes(rendition.Path));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
