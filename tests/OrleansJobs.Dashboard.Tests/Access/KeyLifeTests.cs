using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>How keys come to their end: by their time, or because they are taken away while the host runs.</summary>
public sealed class KeyLifeTests : AccessTest
{
    private const string Read = "GET /api/classes";
    private const string KeyOfVal = "JobGrid:Access:Keys:val:";

    private IConfigurationRoot Configuration => (IConfigurationRoot)Host.Services.GetRequiredService<IConfiguration>();

    internal override Task<ApiHost> StartHostAsync()
    {
        var settings = KeySettings;
        settings[KeyOfVal + "Expires"] = (Time.GetUtcNow() + TimeSpan.FromMinutes(20)).ToString("O");
        return StartAsync(settings);
    }

    [Fact]
    public async Task Key_WhoseTimeIsOver_IsNotLetIn_NorIsItsSignIn()
    {
        var cookie = await SignInAsync();
        Time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await TryAsync(ViewerKey, cookie));

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await TryAsync(ViewerKey, cookie));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, AdminKey)).StatusCode);
    }

    [Fact]
    public async Task Key_ThatIsReplacedInTheConfiguration_EndsWithoutARestart()
    {
        var (cookie, replaced) = (await SignInAsync(), ApiKey.New("val"));
        Configuration[KeyOfVal + "Hash"] = ApiKey.Hash(replaced);
        Configuration.Reload();

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], await TryAsync(ViewerKey, cookie));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, replaced)).StatusCode);
    }

    [Fact]
    public async Task Role_ThatIsChangedInTheConfiguration_CountsWithoutARestart()
    {
        Configuration["JobGrid:Access:Keys:olga:Role"] = "viewer";
        Configuration.Reload();

        await ProblemAsync(await SendAsync("POST /api/classes/email/pause", OperatorKey), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Configuration_ThatIsNotValid_ChangesNoKey()
    {
        Configuration["JobGrid:Access:Keys:ada:Role"] = "root";
        Configuration[KeyOfVal + "Hash"] = ApiKey.Hash(ApiKey.New("val"));
        Configuration.Reload();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, ViewerKey)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Read, AdminKey)).StatusCode);
    }

    [Fact]
    public async Task Expiry_ThatIsNoTime_IsRefused()
    {
        var settings = KeySettings;
        settings[KeyOfVal + "Expires"] = "soon";

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => StartAsync(settings));

        Assert.StartsWith(KeyOfVal + "Expires is 'soon'; allowed is an ISO 8601 time", Assert.Single(error.Faults));
    }

    private async Task<string> SignInAsync()
    {
        var answer = await SendAsync("POST /api/signin", null, $$"""{"key":"{{ViewerKey}}"}""");
        return "Cookie: " + Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<HttpStatusCode[]> TryAsync(string key, string cookie) =>
        [(await SendAsync(Read, key)).StatusCode, (await SendAsync(Read, null, null, cookie)).StatusCode];
}
