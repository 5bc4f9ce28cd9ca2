using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>A host with an authentication scheme of its own beside the keys.</summary>
public sealed class SchemeTests : AccessTest
{
    private const string User = "X-Test-User", Role = "X-Test-Role";

    internal override Task<ApiHost> StartHostAsync()
    {
        var settings = KeySettings;
        settings["JobGrid:Access:Schemes"] = "Host";
        return StartAsync(settings, services =>
        {
            new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, HostHandler>("Host", null);
            services.Configure<OrleansJobsAccessOptions>(access =>
            {
                var byRoles = access.MapRole;
                access.MapRole = user => user.Identity?.Name == "boss" ? AccessRole.Admin : byRoles(user);
            });
        });
    }

    [Theory]
    [InlineData("jobs-viewer", "Viewer")]
    [InlineData("jobs-operator", "Operator")]
    [InlineData("jobs-admin", "Admin")]
    public async Task User_OfTheHost_HasTheRoleOfTheirClaims(string role, string expected)
    {
        var session = await ReadAsync(await SendAsync("GET /api/session", null, null, $"{User}: uma", $"{Role}: {role}"));

        Assert.Equal(("uma", expected, "Scheme"), ((string?)session["name"], (string?)session["role"], (string?)session["by"]));
    }

    [Fact]
    public async Task User_WhomTheHostMaps_HasThatRole() =>
        Assert.Equal("Admin", (string?)(await ReadAsync(await SendAsync("GET /api/session", null, null, $"{User}: boss")))["role"]);

    [Fact]
    public async Task User_WithoutARole_IsForbidden() => Assert.Contains(
        "'uma' has no role here", await ProblemAsync(await SendAsync("GET /api/classes", null, null, $"{User}: uma"), HttpStatusCode.Forbidden, "forbidden"));

    [Fact]
    public async Task User_WhoClaimsARoleOfOurs_DoesNotGetIt() => Assert.Equal(
        HttpStatusCode.Forbidden, (await SendAsync("GET /api/classes", null, null, $"{User}: uma", "X-Test-Forged: admin")).StatusCode);

    [Fact]
    public async Task Act_OfAUser_NeedsAToken() => await ProblemAsync(
        await SendAsync("POST /api/classes/email/pause", null, null, $"{User}: uma", $"{Role}: jobs-admin"), HttpStatusCode.Forbidden, "csrf");

    [Fact]
    public async Task Key_GoesBeforeTheScheme() => await ProblemAsync(
        await SendAsync("POST /api/classes/email/pause", ViewerKey, null, $"{User}: uma", $"{Role}: jobs-admin"), HttpStatusCode.Forbidden, "forbidden");

    [Fact]
    public async Task Token_OfAnotherForm_IsForTheScheme() => Assert.Equal(
        HttpStatusCode.OK, (await SendAsync("GET /api/classes", "eyJhbGciOi", null, $"{User}: uma", $"{Role}: jobs-viewer")).StatusCode);

    [Fact]
    public async Task Stranger_IsAskedForAKey() => await ProblemAsync(await SendAsync("GET /api/classes"), HttpStatusCode.Unauthorized, "unauthenticated");

    private sealed class HostHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[User].ToString() is not { Length: > 0 } name)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity(
                [new(ClaimTypes.Name, name), new(ClaimTypes.Role, Request.Headers[Role].ToString()), new("orleansjobs:role", Request.Headers["X-Test-Forged"].ToString())],
                Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
