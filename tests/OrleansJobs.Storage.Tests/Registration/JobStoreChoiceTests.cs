using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Registration;

public sealed class JobStoreChoiceTests
{
    private readonly ServiceCollection _services = new();
    private readonly List<string> _heard = [];

    [Fact]
    public void Store_ChosenBeforeTheEngineComes_IsHeardOf()
    {
        _services.UseJobStore(Store("a"));
        _services.WhenJobStoreIsChosen(store => _heard.Add(store.Name));

        Assert.Equal(["a"], _heard);
    }

    [Fact]
    public void Store_ChosenAfterTheEngineCame_IsHeardOf()
    {
        _services.WhenJobStoreIsChosen(store => _heard.Add(store.Name));
        Assert.Empty(_heard);

        _services.UseJobStore(Store("a"));

        Assert.Equal(["a"], _heard);
    }

    [Fact]
    public async Task Store_IsMadeFromTheServices_Once()
    {
        _services.UseJobStore(Store("a"));
        await using var provider = _services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IJobStore>());
    }

    [Fact]
    public async Task NoStore_IsAFaultThatNamesBothPackages()
    {
        _services.WhenJobStoreIsChosen(store => _heard.Add(store.Name));
        await using var provider = _services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOptionsException>(provider.GetRequiredService<IJobStore>);

        Assert.Contains("OrleansJobs.Postgres", error.Message, StringComparison.Ordinal);
        Assert.Contains("OrleansJobs.Sqlite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoStores_AreAFaultThatNamesThem()
    {
        _services.UseJobStore(Store("SQLite")).UseJobStore(Store("PostgreSQL"));
        await using var provider = _services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOptionsException>(provider.GetRequiredService<IJobStore>);

        Assert.Contains("SQLite, PostgreSQL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreOfTheApplication_ThatIsThereAlready_Stays()
    {
        var own = StandInStore.Of(null, (name, _) => name == nameof(IAsyncDisposable.DisposeAsync) ? ValueTask.CompletedTask : null);
        _services.AddSingleton(own);
        _services.UseJobStore(Store("a"));
        await using var provider = _services.BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredService<IJobStore>());
    }

    private static JobStoreDescriptor Store(string name) => new()
    {
        Name = name,
        Create = _ => SqliteHarness.Create(new("unused.db")),
        Database = new StoreDatabase
        {
            Provider = SqliteFactory.Instance,
            Invariant = name,
            ConnectionString = "",
            Description = name,
            IsShared = false,
        },
    };
}
