using OrleansJobs.Conformance;

namespace OrleansJobs.Grains.Tests.Conformance;

public sealed class SqliteLifecycleTests : LifecycleConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteIdentityTests : IdentityConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteLimitsTests : LimitsConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteReadingTests : ReadingConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteDeleteTests : DeleteConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteHandlerTests : HandlerConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteRestartTests : RestartConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteSuspectTests : SuspectConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteTimingTests : TimingConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteInsightTests : InsightConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}

public sealed class SqliteUnknownClassTests : UnknownClassConformance
{
    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(new OrleansSqliteEngine());
}
