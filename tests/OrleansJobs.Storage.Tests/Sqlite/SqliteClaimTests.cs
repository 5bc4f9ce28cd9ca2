using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Sqlite;

public sealed class SqliteClaimTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    private string Directory => Path.GetDirectoryName(_harness.Path)!;

    public async Task InitializeAsync() => await _harness.OpenAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public Task Own_ThroughALinkToTheFile_MeetsTheSameClaim()
    {
        var link = Path.Combine(Directory, "link.db");
        File.CreateSymbolicLink(link, "jobs.db");

        return AssertSameAsync(link);
    }

    [Fact]
    public Task Own_ThroughALinkToALinkInALinkedDirectory_MeetsTheSameClaim()
    {
        var (directory, first) = (Path.Combine(Directory, "elsewhere"), Path.Combine(Directory, "first.db"));
        System.IO.Directory.CreateSymbolicLink(directory, Directory);
        File.CreateSymbolicLink(first, Path.Combine(directory, "jobs.db"));
        File.CreateSymbolicLink(Path.Combine(Directory, "second.db"), "first.db");

        return AssertSameAsync(Path.Combine(directory, "second.db"));
    }

    [Fact]
    public Task Own_ThroughARelativePath_MeetsTheSameClaim() =>
        AssertSameAsync(Path.Combine(Path.GetRelativePath(Environment.CurrentDirectory, Directory), ".", "jobs.db"));

    [Fact]
    public async Task Own_WhereTheLockCannotBeMade_SaysSo()
    {
        var store = await _harness.OpenAsync();
        System.IO.Directory.CreateDirectory(_harness.Path + "-lock");

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.OwnAsync(StoreClaim.Exclusive));

        Assert.Contains("cannot be claimed", error.Message);
    }

    private async Task AssertSameAsync(string path)
    {
        await using var first = SqliteHarness.Create(_harness.Options);
        await using var second = SqliteHarness.Create(new(path));
        await first.InitializeAsync();
        await second.InitializeAsync();
        await using var owned = await first.OwnAsync(StoreClaim.Exclusive);

        await Assert.ThrowsAsync<StoreInUseException>(() => second.OwnAsync(StoreClaim.Exclusive));
    }
}
