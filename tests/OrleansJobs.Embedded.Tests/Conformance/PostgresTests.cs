using OrleansJobs.Conformance;

namespace OrleansJobs.Embedded.Tests.Conformance;

public sealed class PostgresLifecycleTests : LifecycleConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresIdentityTests : IdentityConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresLimitsTests : LimitsConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresReadingTests : ReadingConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresDeleteTests : DeleteConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresHandlerTests : HandlerConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresRestartTests : RestartConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresSuspectTests : SuspectConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresTimingTests : TimingConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresInsightTests : InsightConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}

public sealed class PostgresUnknownClassTests : UnknownClassConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => EmbeddedPostgresEngine.CreateAsync();
}
