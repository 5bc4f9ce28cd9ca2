using Orleans.Storage;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>What grain storage promises to grains, checked through Orleans' own provider on our tables; derived for each database.</summary>
public abstract class GrainStorageTests
{
    private static readonly GrainId Id = GrainId.Create("note", "key:1");

    /// <summary>Applies the schema to an empty database and answers the invariant and the connection string for Orleans.</summary>
    protected abstract Task<(string Invariant, string ConnectionString)> PrepareAsync();

    private async Task<SchemaSilo> StartAsync(bool deleteOnClear = false)
    {
        var (invariant, connectionString) = await PrepareAsync();
        return await SchemaSilo.StartWithStorageAsync(invariant, connectionString, deleteOnClear);
    }

    private static async Task<GrainState<Note>> ReadAsync(SchemaSilo silo, GrainId? id = null)
    {
        var state = new GrainState<Note>();
        await silo.Storage.ReadStateAsync("note", id ?? Id, state);
        return state;
    }

    private static Task WriteAsync(SchemaSilo silo, GrainState<Note> state, string text, GrainId? id = null)
    {
        state.State!.Text = text;
        return silo.Storage.WriteStateAsync("note", id ?? Id, state);
    }

    private static Task ClearAsync(SchemaSilo silo, GrainState<Note> state) => silo.Storage.ClearStateAsync("note", Id, state);

    [SkippableFact]
    public async Task Read_BeforeAnyWrite_FindsNoRecord()
    {
        await using var silo = await StartAsync();

        var state = await ReadAsync(silo);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal("", state.State?.Text);
    }

    [SkippableFact]
    public async Task Write_ThenRead_GivesTheStateBack()
    {
        await using var silo = await StartAsync();
        var written = await ReadAsync(silo);

        await WriteAsync(silo, written, "first");
        await WriteAsync(silo, written, "second");

        var read = await ReadAsync(silo);
        Assert.True(read.RecordExists);
        Assert.Equal(("second", written.ETag), (read.State?.Text, read.ETag));
    }

    [SkippableFact]
    public async Task Write_WithAStaleETag_IsRefusedAndChangesNothing()
    {
        await using var silo = await StartAsync();
        var winner = await ReadAsync(silo);
        await WriteAsync(silo, winner, "first");
        var loser = await ReadAsync(silo);
        await WriteAsync(silo, winner, "winner");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(silo, loser, "loser"));

        Assert.Equal("winner", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Write_ByManyFirstWritersAtOnce_LetsOneWin()
    {
        await using var silo = await StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var id = GrainId.Create("note", $"race:{round}");
            var writers = await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(() => TryFirstWriteAsync(silo, id, $"writer {writer}"))));

            var winner = Assert.Single(writers, text => text is not null);
            Assert.Equal(winner, (await ReadAsync(silo, id)).State?.Text);
        }
    }

    private static async Task<string?> TryFirstWriteAsync(SchemaSilo silo, GrainId id, string text)
    {
        try
        {
            await WriteAsync(silo, new GrainState<Note>(new Note()), text, id);
            return text;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    [SkippableFact]
    public async Task Clear_ThenRead_FindsNoRecord_AndTheNextWriteMakesOne()
    {
        await using var silo = await StartAsync();
        var cleared = await ReadAsync(silo);
        await WriteAsync(silo, cleared, "old");

        await ClearAsync(silo, cleared);

        Assert.False(cleared.RecordExists);
        var fresh = await ReadAsync(silo);
        Assert.False(fresh.RecordExists);
        Assert.Equal("", fresh.State?.Text);
        await WriteAsync(silo, fresh, "new");
        Assert.Equal("new", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Clear_ThenWriteByTheSameActivation_Succeeds()
    {
        await using var silo = await StartAsync();
        var state = await ReadAsync(silo);
        await WriteAsync(silo, state, "old");
        await ClearAsync(silo, state);

        await WriteAsync(silo, state, "new");

        Assert.Equal("new", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Clear_WithAStaleETag_IsRefusedAndChangesNothing()
    {
        await using var silo = await StartAsync();
        var winner = await ReadAsync(silo);
        await WriteAsync(silo, winner, "first");
        var loser = await ReadAsync(silo);
        await WriteAsync(silo, winner, "winner");

        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(silo, loser));

        Assert.Equal("winner", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Write_ByAnActivationThatSleptThroughClearAndRewrite_IsRefused()
    {
        await using var silo = await StartAsync();
        var current = await ReadAsync(silo);
        await WriteAsync(silo, current, "first");
        var sleeper = await ReadAsync(silo);
        await ClearAsync(silo, current);
        await WriteAsync(silo, await ReadAsync(silo), "anew");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(silo, sleeper, "sleeper"));

        Assert.Equal("anew", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Clear_WithDeleteStateOnClear_RemovesTheRecord()
    {
        await using var silo = await StartAsync(deleteOnClear: true);
        var state = await ReadAsync(silo);
        await WriteAsync(silo, state, "old");
        var stale = await ReadAsync(silo);

        await ClearAsync(silo, state);

        Assert.Null(state.ETag);
        Assert.False((await ReadAsync(silo)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(silo, stale, "stale"));
        await WriteAsync(silo, state, "new");
        Assert.Equal("new", (await ReadAsync(silo)).State?.Text);
    }

    [SkippableFact]
    public async Task Write_OfGrainsWithDifferentKindsOfKeys_KeepsThemApart()
    {
        await using var silo = await StartAsync();
        GrainId[] ids =
        [
            GrainId.Create("note", "key:1"),
            GrainId.Create("note", "key:2"),
            GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateIntegerKey(7)),
            GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateIntegerKey(7, "text")),
            GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateGuidKey(Guid.Parse("00000007-0000-0000-0000-000000000000"))),
        ];

        foreach (var id in ids)
        {
            await WriteAsync(silo, new GrainState<Note>(new Note()), id.ToString(), id);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id.ToString(), (await ReadAsync(silo, id)).State?.Text);
        }
    }

    [SkippableFact]
    public async Task Grain_AfterARestartOfTheSilo_ReadsItsStateBack()
    {
        var (invariant, connectionString) = await PrepareAsync();
        await using (var first = await SchemaSilo.StartWithStorageAsync(invariant, connectionString))
        {
            await first.Note("kept").WriteAsync("ünïcode – and \0 and 'quotes'");
            await first.Note("cleared").WriteAsync("gone");
            await first.Note("cleared").ClearAsync();
        }

        await using var second = await SchemaSilo.StartWithStorageAsync(invariant, connectionString);

        Assert.Equal("ünïcode – and \0 and 'quotes'", await second.Note("kept").ReadAsync());
        Assert.False(await second.Note("cleared").ExistsAsync());
    }
}
