using System.Globalization;
using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class TenantStartsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TenantStarts _starts = new();

    [Fact]
    public void Starts_CountForFifteenMinutes()
    {
        _starts.Add("acme", At(0));
        _starts.Add("acme", At(14));

        Assert.Equal([2, 2, 1, 0], new[] { 0, 14, 15, 29 }.Select(minute => _starts.Of("acme", At(minute == 0 ? 14 : minute))));
    }

    [Fact]
    public void AStartThatWasNone_IsTakenBack()
    {
        _starts.Add("acme", At(3));
        _starts.TakeBack("acme", At(3));
        _starts.TakeBack("acme", At(3));
        _starts.TakeBack("other", At(3));
        Assert.Equal(0, _starts.Of("acme", At(3)));
    }

    [Fact]
    public void IdleTenants_AreForgotten()
    {
        _starts.Add("acme", At(0));
        _starts.Add("beta", At(20));
        Assert.Equal(["beta"], _starts.Tenants.Select(tenant => tenant.Tenant));
    }

    [Fact]
    public void TooManyTenants_CostTheOneThatIsIdleTheLongest()
    {
        _starts.Add("first", At(0));
        _starts.Add("second", At(0));
        _starts.Add("first", At(0));
        for (var n = 2; n <= TenantStarts.MaxTenants; n++)
        {
            _starts.Add(n.ToString(CultureInfo.InvariantCulture), At(1));
        }

        Assert.Equal(TenantStarts.MaxTenants, _starts.Tenants.Count);
        Assert.Equal((2, 0), (_starts.Of("first", At(1)), _starts.Of("second", At(1))));
    }

    private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);
}
