using System.Net;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Http;
using OrleansJobs.Testing;

namespace OrleansJobs.Dashboard.Tests.Access;

public sealed class KeyTests : AccessTest
{
    private const string Read = "GET /api/classes";

    [Fact]
    public async Task Key_ThatIsRight_IsLetIn() => Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey)).StatusCode);

    public static TheoryData<string> WrongKeys => new()
    {
        ApiKey.New("val"),
        ApiKey.New("nobody"),
        ViewerKey[..^1],
        ViewerKey + "A",
        ViewerKey.ToUpperInvariant(),
        ViewerKey.Replace("val", "ada"),
        ApiKey.Hash(ViewerKey),
        "ojk_val_",
        "ojk__",
        "x",
        new string('x', 20_000),
    };

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task Key_ThatIsWrong_IsRefused(string key)
    {
        var answer = await SendAsync(Read, key);

        await ProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Key_InTheQuery_IsNone() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync($"{Read}?key={AdminKey}&access_token={AdminKey}")).StatusCode);

    [Fact]
    public async Task WrongKeys_BeyondTheLimit_BarTheirAddressUntilTheWindowEnds()
    {
        await FailAsync(AccessLimits.MaxFailedKeys, "val");
        Time.Advance(TimeSpan.FromSeconds(18));

        var answer = await SendAsync(Read, ViewerKey);

        await ProblemAsync(answer, HttpStatusCode.TooManyRequests, "too-many-keys");
        Assert.Equal(TimeSpan.FromSeconds(42), answer.Headers.RetryAfter!.Delta);
        Time.Advance(TimeSpan.FromSeconds(42));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey)).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_UpToTheLimit_BarNobody()
    {
        await FailAsync(AccessLimits.MaxFailedKeys - 1, "val");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey)).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_OfOneNameOrAddress_BarNoOther()
    {
        await FailAsync(AccessLimits.MaxFailedKeys, "val");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, AdminKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey, null, $"{RemoteAddress}: 10.1.1.1")).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_OfManyNamesThatNobodyHas_CountAsOne()
    {
        for (var n = 0; n < AccessLimits.MaxFailedKeys; n++)
        {
            await SendAsync(Read, ApiKey.New($"guess{n}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(Read, ApiKey.New("other"))).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_OfASignIn_CountToo()
    {
        for (var n = 0; n < AccessLimits.MaxFailedKeys; n++)
        {
            await SendAsync("POST /api/signin", null, $$"""{"key":"{{ApiKey.New("val")}}"}""");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""")).StatusCode);
    }

    [Fact]
    public void Counts_OfManyAddresses_AreBounded()
    {
        var time = new WatchedTimeProvider();
        var failed = new FailedKeys(time);
        for (var n = 0; n < AccessLimits.MaxFailedKeyCounts + 500; n++)
        {
            failed.Add(new IPAddress(n), "val");
        }

        Assert.Equal(AccessLimits.MaxFailedKeyCounts, failed.Count);
        time.Advance(AccessLimits.FailedKeyWindow);
        failed.Add(IPAddress.Loopback, "val");
        Assert.Equal(1, failed.Count);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void Addresses_OfOneNetwork_AreCountedTogether(string one, string other, bool together)
    {
        var failed = new FailedKeys(new WatchedTimeProvider());
        for (var n = 0; n < AccessLimits.MaxFailedKeys; n++)
        {
            failed.Add(IPAddress.Parse(one), "val");
        }

        Assert.Equal(together, failed.Barred(IPAddress.Parse(other), "val") is not null);
    }

    [Theory]
    [InlineData("ci", true)]
    [InlineData("a1", true)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    [InlineData("Ci", false)]
    [InlineData("a_b", false)]
    [InlineData("a23456789012345678901234567890123", false)]
    public void Name_HasToBeShortAndPlain(string name, bool valid)
    {
        Assert.Equal(valid, ApiKey.IsName(name));
        if (valid)
        {
            Assert.Equal(name, ApiKey.NameOf(ApiKey.New(name)));
        }
    }

    [Fact]
    public void Hash_IsTheSha256OfTheText() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKey.Hash("abc"));

    private async Task FailAsync(int times, string name)
    {
        for (var n = 0; n < times; n++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Read, ApiKey.New(name))).StatusCode);
        }
    }
}
