using System.Diagnostics;
using System.Security.Cryptography;
using LearningPlatform.Tests.Support;
using LearningPlatform.Transcode;
using OrleansJobs;

namespace LearningPlatform.Tests;

/// <content>What an attempt takes over from the one before.</content>
public sealed partial class TranscodeHandlerTests
{
    [Fact]
    public async Task Resume_AfterCancelInTheMiddle_GoesOnBehindTheCheckpoint_WithTheSameBytes()
    {
        var content = Media(10 * 64 * 1024 + 5);
        var source = Put("a.bin", content);
        var undisturbed = await SucceedAsync(source, new AttemptContext());
        var chunksOfAll = _encoder.Chunks;

        var first = await CancelAfterAsync(source, chunks: 7);
        var chunksOfFirst = _encoder.Chunks - chunksOfAll;
        var second = first.Next();
        var resumed = await SucceedAsync(source, second);

        Assert.Equal(11 * 3, chunksOfAll);
        Assert.Equal(7 * 3, chunksOfFirst);
        Assert.Equal(6 * 64 * 1024, resumed.ResumedBytes);
        Assert.Equal((11 - 6) * 3, _encoder.Chunks - chunksOfAll - chunksOfFirst);
        Assert.Equal(11 - 6, second.Reports.Count);
        Assert.Equal(undisturbed.Renditions.Select(ContentHash), resumed.Renditions.Select(ContentHash));
        Assert.Equal(undisturbed.SourceSha256, resumed.SourceSha256);
        await AssertDecodesToAsync(content, resumed.Renditions[2]);
        Assert.Equal(4, FilesOf(first.JobId).Length);
    }

    [Fact]
    public async Task Resume_TwiceInARow_TakesOverWhatTheSecondAttemptTookOver()
    {
        var content = Media(12 * 64 * 1024);
        var source = Put("a.bin", content);
        var first = await CancelAfterAsync(source, chunks: 4);
        var second = await CancelAfterAsync(source, chunks: 1, first.Next());
        var third = await CancelAfterAsync(source, chunks: 2, second.Next());

        var result = await SucceedAsync(source, third.Next());

        Assert.Equal(6 * 64 * 1024, result.ResumedBytes);
        foreach (var rendition in result.Renditions)
            await AssertDecodesToAsync(content, rendition);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("time")]
    [InlineData("content")]
    public async Task Resume_WhenTheSourceHasChanged_BeginsAgain(string change)
    {
        var content = Media(10 * 64 * 1024);
        var source = Put("a.bin", content);
        var first = await CancelAfterAsync(source, chunks: 5);
        content = Change(source, content, change);

        var result = await SucceedAsync(source, first.Next());

        Assert.Equal(0, result.ResumedBytes);
        Assert.Equal(Hash(content), result.SourceSha256);
        foreach (var rendition in result.Renditions)
            await AssertDecodesToAsync(content, rendition);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resume_WhenADraftIsGoneOrDamaged_BeginsAgain(bool gone)
    {
        var content = Media(10 * 64 * 1024);
        var source = Put("a.bin", content);
        var first = await CancelAfterAsync(source, chunks: 5);
        var draft = FilesOf(first.JobId).Single(file => file.Contains(".q5."));
        if (gone)
            File.Delete(draft);
        else
            Flip(draft, 1000);

        var result = await SucceedAsync(source, first.Next());

        Assert.Equal(0, result.ResumedBytes);
        foreach (var rendition in result.Renditions)
            await AssertDecodesToAsync(content, rendition);
    }

    [Fact]
    public async Task Resume_WithOtherQualities_BeginsAgain()
    {
        var source = Put("a.bin", Media(10 * 64 * 1024));
        var first = await CancelAfterAsync(source, chunks: 5);

        var result = Value(await HandleAsync(new TranscodeMedia(source, [2, 5, 9]), first.Next()));

        Assert.Equal(0, result.ResumedBytes);
    }
}
