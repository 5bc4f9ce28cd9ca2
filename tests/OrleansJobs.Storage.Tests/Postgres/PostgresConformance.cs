using OrleansJobs.Storage.Tests.Conformance;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

public sealed class PostgresInsertTests : InsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresUpdateTests : UpdateConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresUniqueKeyTests : UniqueKeyConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresPagingTests : PagingConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresListTests : ListConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresResultsTests : ResultsConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresCountTests : CountConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresPruneTests : PruneConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresDeleteTests : DeleteConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresForeignInsertTests : ForeignInsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresRestartTests : RestartConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresOwnershipTests : OwnershipConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresClassSettingsTests : ClassSettingsConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresSearchTests : SearchConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresJobLogTests : JobLogConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}

public sealed class PostgresAuditTests : AuditConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeAsync();
}
