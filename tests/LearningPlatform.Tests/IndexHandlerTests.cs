using System.Text;
using LearningPlatform.Index;
using LearningPlatform.Tests.Support;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed class IndexHandlerTests : Scratch
{
    private readonly SearchIndex _index;

    public IndexHandlerTests() => _index = new SearchIndex(Options.SearchDatabase);

    public override void Dispose()
    {
        _index.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        base.Dispose();
    }

    [Fact]
    public async Task Query_FindsADocumentByItsText_WithASnippet()
    {
        var path = Put("notes.txt", "A pool decides how backlog turns into concurrent pressure.");
        await IndexAsync(path);

        var hit = Assert.Single(await _index.QueryAsync("Backlog pressure"));

        Assert.Equal(path, hit.Path);
        Assert.Equal("notes.txt", hit.Title);
        Assert.Contains("[backlog]", hit.Snippet);
    }

    [Theory]
    [InlineData("Grüße aus Köln", "grusse", 0)]
    [InlineData("Grüße aus Köln", "köln", 1)]
    [InlineData("Grüße aus Köln", "KOLN", 1)]
    [InlineData("научный журнал", "Журнал", 1)]
    [InlineData("C++ \"quoted\" OR words", "\"quoted", 1)]
    [InlineData("C++ \"quoted\" OR words", "NOT", 0)]
    [InlineData("C++ \"quoted\" OR words", "words* (", 1)]
    [InlineData("anything", "", 0)]
    [InlineData("anything", " \"' ( * -", 0)]
    [InlineData("anything", "any\0thing", 0)]
    [InlineData("a b", "a c", 0)]
    public async Task Query_TakesAnyText(string text, string query, int hits)
    {
        await IndexAsync(Put("doc", text));

        Assert.Equal(hits, (await _index.QueryAsync(query)).Count);
    }

    [Fact]
    public async Task Query_OfAnIndexThatIsNotThere_FindsNothing()
    {
        Assert.Empty(await _index.QueryAsync("word"));
        Assert.Equal(0, await _index.CountAsync());
        Assert.False(File.Exists(Options.SearchDatabase));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Query_WithLimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _index.QueryAsync("word", limit));

    [Fact]
    public async Task Query_GivesTitlesFirst_AndNoMoreThanTheLimit()
    {
        await IndexAsync(Put("one.txt", "rivers are long and this is a text about rivers"));
        await IndexAsync(Put("rivers.txt", "they flow"));

        Assert.Equal("rivers.txt", Assert.Single(await _index.QueryAsync("rivers", limit: 1)).Title);
    }

    [Fact]
    public async Task Index_RunTwice_HasTheDocumentOnce()
    {
        var path = Put("a.txt", "word");
        var attempt = new AttemptContext();

        await IndexAsync(path, attempt);
        await IndexAsync(path, attempt.Next());

        Assert.Single(await _index.QueryAsync("word"));
        Assert.Equal(1, await _index.CountAsync());
    }

    [Fact]
    public async Task Index_OfAChangedDocument_ReplacesIt()
    {
        var path = Put("a.txt", "before");
        await IndexAsync(path);
        Put("a.txt", "after");

        await IndexAsync(path, title: "Second edition");

        Assert.Empty(await _index.QueryAsync("before"));
        Assert.Equal("Second edition", Assert.Single(await _index.QueryAsync("after")).Title);
    }

    [Fact]
    public async Task Index_OfAnEarlierJobThatComesLate_LeavesTheLaterOneAlone()
    {
        var path = Put("a.txt", "new");
        await IndexAsync(path, new AttemptContext(AttemptContext.Submitted.AddMilliseconds(1)));
        Put("a.txt", "late");

        var late = await IndexAsync(path, new AttemptContext(AttemptContext.Submitted));

        Assert.False(late.IsCurrent);
        Assert.Single(await _index.QueryAsync("new"));
        Assert.Empty(await _index.QueryAsync("late"));
    }

    [Fact]
    public async Task Index_OfABinaryFile_FindsItByNameAlone()
    {
        var result = await IndexAsync(Put("holiday-photo.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0, 1]));

        Assert.False(result.IsText);
        Assert.Equal(0, result.Characters);
        Assert.Single(await _index.QueryAsync("holiday"));
        Assert.Empty(await _index.QueryAsync("PNGx"));
    }

    [Fact]
    public async Task Index_OfALongDocument_CutsItAtACharacter()
    {
        var path = Put("long.txt", "seen " + new string('é', 40) + " unseen");
        var options = Options with { MaxIndexedBytes = 10 };

        var result = await IndexAsync(path, options: options);

        Assert.True(result.IsCut);
        Assert.True(result.IsText);
        Assert.Equal("seen éé".Length, result.Characters);
        Assert.Single(await _index.QueryAsync("seen"));
        Assert.Empty(await _index.QueryAsync("unseen"));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("latin1", false)]
    public async Task Index_ReadsTextInEncoding(string encoding, bool marked)
    {
        var text = Encoding.GetEncoding(encoding);
        await IndexAsync(Put("a.txt", [.. marked ? text.GetPreamble() : [], .. text.GetBytes("crème brûlée")]));

        Assert.Single(await _index.QueryAsync("brûlée"));
    }

    [Fact]
    public async Task Index_ByManyAtOnce_HasAll()
    {
        using var other = new SearchIndex(Options.SearchDatabase);
        var paths = Enumerable.Range(0, 40).Select(i => Put($"doc{i}.txt", $"common number{i}")).ToArray();

        await Task.WhenAll(paths.Select((path, i) => IndexAsync(path, index: i % 2 == 0 ? _index : other)));

        Assert.Equal(40, await _index.CountAsync());
        Assert.Equal(40, (await _index.QueryAsync("common", limit: 100)).Count);
    }

    [Fact]
    public async Task Index_OfAMissingDocument_IsADeadLetter()
    {
        var result = await new IndexHandler(Options, _index).HandleAsync(new IndexDocument(Path.Combine(Folder, "none")), new AttemptContext());

        Assert.Equal(JobResultKind.DeadLetter, result.Kind);
        Assert.Equal(0, await _index.CountAsync());
    }

    [Fact]
    public async Task Index_WithATitleThatIsTooLong_IsADeadLetter()
    {
        var document = new IndexDocument(Put("a", "a"), new string('t', IndexHandler.MaxTitleLength + 1));

        Assert.Equal(JobResultKind.DeadLetter, (await new IndexHandler(Options, _index).HandleAsync(document, new AttemptContext())).Kind);
    }

    [Fact]
    public async Task Index_WithADatabaseThatIsNone_FailsTheAttempt()
    {
        Directory.CreateDirectory(Options.DataDirectory);
        File.WriteAllText(Options.SearchDatabase, "this is no database, and long enough to be seen as none by its first bytes");

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => IndexAsync(Put("a", "a")));
    }

    private async Task<IndexResult> IndexAsync(
        string path, AttemptContext? attempt = null, string? title = null, LearningPlatformOptions? options = null, SearchIndex? index = null)
    {
        var result = await new IndexHandler(options ?? Options, index ?? _index)
            .HandleAsync(new IndexDocument(path, title), attempt ?? new AttemptContext());
        Assert.Equal(JobResultKind.Succeeded, result.Kind);
        return Assert.IsType<IndexResult>(result.Value);
    }
}
