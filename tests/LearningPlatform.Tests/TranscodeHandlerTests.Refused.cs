using System.Diagnostics;
using System.Security.Cryptography;
using LearningPlatform.Tests.Support;
using LearningPlatform.Transcode;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed partial class TranscodeHandlerTests
{
    [Fact]
    public async Task Transcode_OfAMissingSource_IsADeadLetter() => await AssertDeadLetterAsync(Path.Combine(Folder, "none"), "There is no file");

    [Fact]
    public async Task Transcode_OfADirectory_IsADeadLetter() => await AssertDeadLetterAsync(Folder, "is a directory");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("relative/path")]
    [InlineData("/nul\0byte")]
    public async Task Transcode_OfNoPath_IsADeadLetter(string? path) => await AssertDeadLetterAsync(path!, "");

    [SkippableFact]
    public async Task Transcode_OfAPipe_IsADeadLetterAndDoesNotWait()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Makes a named pipe with mkfifo.");
        var pipe = Path.Combine(Folder, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
            await mkfifo.WaitForExitAsync();

        await AssertDeadLetterAsync(pipe, "device, pipe or socket");
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 5, 12 })]
    [InlineData(new[] { -1 })]
    public async Task Transcode_WithQualitiesOutOfRange_IsADeadLetter(int[] qualities)
    {
        var result = await HandleAsync(new TranscodeMedia(Put("a", "a"), qualities), new AttemptContext());

        Assert.Equal(JobResultKind.DeadLetter, result.Kind);
        Assert.Contains("from 0 to 11", result.Reason);
    }

    [Fact]
    public async Task Transcode_OfAFileElsewhere_IsADeadLetter_HoweverItIsNamed()
    {
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-").FullName;
        var secret = Path.Combine(elsewhere, "secret.txt");
        await File.WriteAllTextAsync(secret, "secret");
        var (link, linked) = (Path.Combine(Folder, "link.txt"), Path.Combine(Folder, "linked"));
        File.CreateSymbolicLink(link, secret);
        Directory.CreateSymbolicLink(linked, elsewhere);

        foreach (var path in (string[])[secret, link, Path.Combine(linked, "secret.txt"), Path.Combine(Folder, "..", Path.GetFileName(elsewhere), "secret.txt"),
            $"{Folder}-beside/a.txt", Path.Combine(elsewhere, "missing.txt")])
        {
            await AssertDeadLetterAsync(path, "is not below the directories that sources are read from");
        }

        Directory.Delete(elsewhere, recursive: true);
    }

    private async Task AssertDeadLetterAsync(string path, string reason)
    {
        var result = await HandleAsync(new TranscodeMedia(path), new AttemptContext());

        Assert.Equal(JobResultKind.DeadLetter, result.Kind);
        Assert.Contains(reason, result.Reason);
    }
}
