using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Tests.Limits;

public sealed class ConcurrencyLimitTests
{
    [Theory]
    [InlineData(0, 1_000_000, true)]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(3, 4, false)]
    public void Allows_OneMore_BelowTheLimitOnly(int max, int running, bool allowed) =>
        Assert.Equal(allowed, new ConcurrencyLimit(max).Allows(running));
}
