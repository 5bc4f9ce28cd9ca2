using OrleansJobs.Workers.Pools;

namespace OrleansJobs.Workers.Tests.Pools;

public sealed class PoolPermitsTests
{
    [Fact]
    public void TryTake_WithAllSlotsTaken_IsRefused()
    {
        var permits = new PoolPermits(limit: 2, ceiling: 8);
        Assert.True(permits.TryTake());
        Assert.True(permits.TryTake());
        Assert.False(permits.TryTake());
        permits.Release();
        Assert.True(permits.TryTake());
    }

    [Fact]
    public void Limit_Lowered_WaitsForRunningOnesToLeave()
    {
        var permits = new PoolPermits(limit: 3, ceiling: 8);
        Assert.True(permits.TryTake() && permits.TryTake() && permits.TryTake());
        permits.Limit = 1;
        Assert.Equal(3, permits.Running);
        permits.Release();
        permits.Release();
        Assert.False(permits.TryTake());
        permits.Release();
        Assert.True(permits.TryTake());
    }

    [Theory]
    [InlineData(100, 8)]
    [InlineData(-1, 0)]
    [InlineData(5, 5)]
    public void Limit_OutsideTheRange_IsMovedIntoIt(int given, int inForce) =>
        Assert.Equal(inForce, new PoolPermits(1, ceiling: 8) { Limit = given }.Limit);

    [Fact]
    public void Release_OfNoSlot_IsAnError() =>
        Assert.Throws<InvalidOperationException>(() => new PoolPermits(1, 1).Release());
}
