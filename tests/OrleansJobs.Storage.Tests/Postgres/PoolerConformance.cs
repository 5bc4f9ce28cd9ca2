using OrleansJobs.Storage.Tests.Conformance;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

public sealed class PoolerInsertTests : InsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerUpdateTests : UpdateConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerUniqueKeyTests : UniqueKeyConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerPagingTests : PagingConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerListTests : ListConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerResultsTests : ResultsConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerCountTests : CountConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerPruneTests : PruneConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerDeleteTests : DeleteConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerForeignInsertTests : ForeignInsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerRestartTests : RestartConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerOwnershipTests : OwnershipConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerClassSettingsTests : ClassSettingsConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerSearchTests : SearchConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerJobLogTests : JobLogConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}

public sealed class PoolerAuditTests : AuditConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeBehindPoolerAsync();
}
