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

    /// <summary>A key cannot be guessed, so whoever has the right one is never kept out by those who have not.</summary>
    [Theory]
    [InlineData("val")]
    [InlineData("nobody")]
    public async Task RightKey_AfterAnyNumberOfWrongOnes_IsLetIn(string name)
    {
        await FailAsync(2 * AccessLimits.MaxFailedKeys, name);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""")).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_BeyondTheLimit_BarTheirAddressUntilTheWindowEnds()
    {
        await FailAsync(AccessLimits.MaxFailedKeys, "val");
        Time.Advance(TimeSpan.FromSeconds(18));

        var answer = await SendAsync(Read, ApiKey.New("val"));

        await ProblemAsync(answer, HttpStatusCode.TooManyRequests, "too-many-keys");
        Assert.Equal(TimeSpan.FromSeconds(42), answer.Headers.RetryAfter!.Delta);
        Time.Advance(TimeSpan.FromSeconds(42));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Read, ApiKey.New("val"))).StatusCode);
    }

    [Fact]
    public async Task WrongKeys_OfOneAddress_BarNoOther()
    {
        await FailAsync(AccessLimits.MaxFailedKeys, "val");

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Read, ApiKey.New("val"), null, $"{RemoteAddress}: 10.1.1.1")).StatusCode);
    }

    /// <summary>Were they counted apart, the answers would tell which names there are.</summary>
    [Theory]
    [InlineData("val", "nobody")]
    [InlineData("nobody", "val")]
    [InlineData("nobody", "noone")]
    public async Task WrongKeys_OfKnownAndUnknownNames_AreAnsweredAlike(string tried, string next)
    {
        var first = await SendAsync(Read, ApiKey.New(tried));
        var second = await SendAsync(Read, ApiKey.New(next));
        await FailAsync(AccessLimits.MaxFailedKeys - 2, tried);
        var third = await SendAsync(Read, ApiKey.New(next));
        var fourth = await SendAsync(Read, ApiKey.New(tried));

        Assert.Equal(await AllOfAsync(first), await AllOfAsync(second));
        Assert.Equal(await AllOfAsync(third), await AllOfAsync(fourth));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests), (second.StatusCode, third.StatusCode));
    }

    [Fact]
    public async Task WrongKeys_OfASignIn_CountToo()
    {
        for (var n = 0; n < AccessLimits.MaxFailedKeys; n++)
        {
            await SendAsync("POST /api/signin", null, $$"""{"key":"{{ApiKey.New("val")}}"}""");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync("POST /api/signin", null, $$"""{"key":"{{ApiKey.New("val")}}"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(Read, ApiKey.New("val"))).StatusCode);
    }

    [Fact]
    public void Counts_OfManyAddresses_AreBounded()
    {
        var time = new WatchedTimeProvider();
        var failed = new FailedKeys(time);
        for (var n = 0; n < AccessLimits.MaxFailedKeyCounts + 500; n++)
        {
            failed.Add(new IPAddress(n));
        }

        Assert.Equal(AccessLimits.MaxFailedKeyCounts, failed.Count);
        time.Advance(AccessLimits.FailedKeyWindow);
        failed.Add(IPAddress.Loopback);
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
            failed.Add(IPAddress.Parse(one));
        }

        Assert.Equal(together, failed.Barred(IPAddress.Parse(other)) is not null);
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
            await SendAsync(Read, ApiKey.New(name));
        }
    }

    /// <summary>An answer as the caller sees it, but for when it was made.</summary>
    private static async Task<string> AllOfAsync(HttpResponseMessage answer)
    {
        answer.Headers.Date = null;
        return $"{(int)answer.StatusCode}\n{answer.Headers}\n{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync()}";
    }
}
