using OrleansJobs.Sqlite;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Sqlite;

public sealed class SqliteFailureTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Initialize_InAMissingDirectory_NamesIt()
    {
        var path = Path.Combine(Path.GetTempPath(), "orleansjobs-no-such-directory", "jobs.db");
        await using var store = SqliteHarness.Create(new SqliteStoreOptions(path));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("orleansjobs-no-such-directory", error.Message);
    }

    [Fact]
    public async Task Initialize_OnADirectory_SaysSo()
    {
        await using var store = SqliteHarness.Create(new SqliteStoreOptions(Path.GetTempPath()));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("is a directory", error.Message);
    }

    [Fact]
    public async Task Initialize_OnAFileThatIsNoDatabase_SaysSoAndLeavesIt()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter. ", 400));
        await File.WriteAllTextAsync(_harness.Path, text);
        await using var store = _harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("is not a SQLite database", error.Message);
        Assert.Contains(_harness.Path, error.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(_harness.Path));
    }

    [SkippableFact]
    public async Task Initialize_OnAReadOnlyFile_SaysSo()
    {
        Skip.If(Environment.UserName == "root", "This user may write every file.");
        await (await _harness.OpenAsync()).DisposeAsync();
        File.SetAttributes(_harness.Path, FileAttributes.ReadOnly);
        await using var store = _harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("is read-only", error.Message);
    }

    [Fact]
    public async Task Initialize_OnATableOfAnotherProgram_RefusesAndLeavesIt()
    {
        await _harness.ExecuteAsync("CREATE TABLE jobs (name TEXT)");
        await using var store = _harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("table 'jobs' of another program", error.Message);
        Assert.Equal(1, await _harness.ReadAsync("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Insert_WhenTheStoreIsFull_FailsClearlyAndKeepsWhatWasAnswered()
    {
        await using var store = SqliteHarness.Create(_harness.Options with { MaxPages = 120 });
        await store.InitializeAsync();
        var answered = new List<JobId>();

        var error = await Assert.ThrowsAsync<GridUnavailableException>(async () =>
        {
            while (true)
            {
                var job = await store.AddAsync(Jobs.New() with { Payload = new byte[20_000] });
                answered.Add(job.Id);
            }
        });

        Assert.Contains("is full", error.Message);
        Assert.Contains(_harness.Path, error.Message);
        Assert.NotEmpty(answered);
        Assert.Equal(answered.Count, (await store.CountAsync())["email"].Queued);
        Assert.All(answered, id => Assert.NotNull(store.FindAsync(id).Result));

        // A small job fits again, and removing makes room.
        var small = await store.AddEndedAsync(Jobs.New());
        Assert.Equal(1, await store.PruneAsync("email", small.FinishedAt!.Value.AddDays(1), 10));
    }

    [Fact]
    public async Task Insert_WhileAnotherProcessKeepsTheLock_FailsClearlyAndWorksAfterwards()
    {
        await using var store = SqliteHarness.Create(_harness.Options with { BusyTimeout = TimeSpan.FromMilliseconds(20), MaxRetries = 1 });
        await store.InitializeAsync();
        var job = Jobs.New();
        using (var other = SqliteConnection.Open(_harness.Path, readOnly: false, TimeSpan.FromSeconds(5)))
        {
            other.ExecuteScript("BEGIN IMMEDIATE");
            var error = await Assert.ThrowsAsync<GridUnavailableException>(() => store.InsertAsync(job));
            Assert.Contains("kept busy by another process", error.Message);
        }

        await store.AddAsync(job);
    }

    [Fact]
    public async Task Commit_WaitsForTheDisk()
    {
        await using var store = _harness.Create();
        await store.InitializeAsync();
        using var writer = SqliteOpening.OpenForWriting(_harness.Options, Jobs.Now);

        const long full = 2;
        Assert.Equal(full, writer.ReadLong("PRAGMA synchronous"));
    }

    [Theory]
    [InlineData(0, 4, 8_000)]
    [InlineData(3, 0, 8_000)]
    [InlineData(3, 4, 1)]
    public void Options_OutOfRange_AreRefused(int retries, int readers, int checkpointPages)
    {
        var options = _harness.Options with { MaxRetries = retries, Readers = readers, CheckpointPages = checkpointPages };

        Assert.Single(Assert.Throws<InvalidOptionsException>(() => SqliteHarness.Create(options)).Faults);
    }
}
