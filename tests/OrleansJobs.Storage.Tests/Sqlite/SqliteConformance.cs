using OrleansJobs.Storage.Tests.Conformance;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Sqlite;

public sealed class SqliteInsertTests : InsertConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteUpdateTests : UpdateConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteUniqueKeyTests : UniqueKeyConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqlitePagingTests : PagingConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteListTests : ListConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteResultsTests : ResultsConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteCountTests : CountConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqlitePruneTests : PruneConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteDeleteTests : DeleteConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteForeignInsertTests : ForeignInsertConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteRestartTests : RestartConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteOwnershipTests : OwnershipConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteClassSettingsTests : ClassSettingsConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteSearchTests : SearchConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteJobLogTests : JobLogConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}

public sealed class SqliteAuditTests : AuditConformance
{
    protected override Task<StoreHarness> MakeHarnessAsync() => Task.FromResult<StoreHarness>(new SqliteHarness());
}
