namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class ClassSettingsConformance : StoreConformance
{
    [SkippableFact]
    public async Task Read_OfAClassThatWasNeverChanged_IsNull() => Assert.Null(await Store.ReadClassSettingsAsync("email"));

    [SkippableFact]
    public async Task Write_OfTheNextRevision_IsKeptAcrossARestart()
    {
        Assert.True(await Store.WriteClassSettingsAsync("email", new(1, "{}")));
        Assert.True(await Store.WriteClassSettingsAsync("email", new(2, """{"paused":true,"ä":"€"}""")));
        Assert.True(await Store.WriteClassSettingsAsync("index", new(1, "other")));
        await Store.DisposeAsync();

        var store = await Harness.OpenAsync();

        Assert.Equal(new(2, """{"paused":true,"ä":"€"}"""), await store.ReadClassSettingsAsync("email"));
        Assert.Equal(new(1, "other"), await store.ReadClassSettingsAsync("index"));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Write_OfAnotherRevision_ChangesNothing(long revision)
    {
        await Store.WriteClassSettingsAsync("email", new(1, "first"));
        await Store.WriteClassSettingsAsync("email", new(2, "second"));

        Assert.False(await Store.WriteClassSettingsAsync("email", new(revision, "wrong")));
        Assert.Equal(new(2, "second"), await Store.ReadClassSettingsAsync("email"));
        Assert.False(await Store.WriteClassSettingsAsync("new", new(2, "wrong")));
        Assert.Null(await Store.ReadClassSettingsAsync("new"));
    }

    [SkippableFact]
    public async Task Write_ByManyAtOnce_SucceedsOnceForEachRevision()
    {
        var other = await Harness.OpenAsync();
        for (var revision = 1; revision <= 5; revision++)
        {
            var next = revision;
            var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
                (writer % 2 == 0 ? Store : other).WriteClassSettingsAsync("email", new(next, $"{writer}"))));

            var winner = Assert.Single(Enumerable.Range(0, 8), writer => written[writer]);
            Assert.Equal(new(next, $"{winner}"), await Store.ReadClassSettingsAsync("email"));
        }
    }

    [SkippableFact]
    public async Task Write_OfWhatCannotBeStored_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidRequestException>(() => Store.WriteClassSettingsAsync("email", new(0, "{}")));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Store.WriteClassSettingsAsync("email", new(1, "\0")));
        await Assert.ThrowsAsync<PayloadTooLargeException>(() =>
            Store.WriteClassSettingsAsync("email", new(1, new string('x', ClassSettingsRow.MaxDocumentLength + 1))));
        Assert.Null(await Store.ReadClassSettingsAsync("email"));
    }
}
