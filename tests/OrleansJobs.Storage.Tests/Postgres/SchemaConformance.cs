using OrleansJobs.Storage.Tests.Conformance;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

public sealed class SchemaInsertTests : InsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaUpdateTests : UpdateConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaCountTests : CountConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaForeignInsertTests : ForeignInsertConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaOwnershipTests : OwnershipConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaRestartTests : RestartConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}

public sealed class SchemaSearchTests : SearchConformance
{
    protected override async Task<StoreHarness> MakeHarnessAsync() => await PostgresHarness.MakeInSchemaAsync();
}
