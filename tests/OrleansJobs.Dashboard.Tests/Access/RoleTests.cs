using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Dashboard.Tests.Access;

public sealed class RoleTests : AccessTest
{
    private const string Id = "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b";

    public static TheoryData<string, string> Reads => new()
    {
        { "GET /api/jobs", "" },
        { $"GET /api/jobs/{Id}", "" },
        { $"GET /api/jobs/{Id}/why", "" },
        { $"GET /api/jobs/{Id}/result", "" },
        { "GET /api/classes", "" },
        { "GET /api/classes/email", "" },
        { "GET /api/classes/email/results", "" },
        { "GET /api/session", "" },
        { "GET /api/overview", "" },
        { "GET /api/classes/email/overview", "" },
        { "GET /api/classes/email/tenants", "" },
        { "GET /api/classes/email/errors", "" },
        { "GET /api/silos", "" },
        { "GET /api/grains", "" },
    };

    public static TheoryData<string, string> OperatorsActs => new()
    {
        { "POST /api/jobs", """{"class":"email","payload":1}""" },
        { "POST /api/jobs/batch", """[{"class":"email","payload":1}]""" },
        { $"POST /api/jobs/{Id}/cancel", "" },
        { $"POST /api/jobs/{Id}/retry", "" },
        { $"POST /api/jobs/{Id}/dead-letter", """{"reason":"r"}""" },
        { $"DELETE /api/jobs/{Id}", "" },
        { "POST /api/classes/email/pause", "" },
        { "POST /api/classes/email/resume", "" },
        { "GET /api/audit", "" },
        { "POST /api/silos/silo-1/drain", "" },
    };

    public static TheoryData<string, string> AdminsActs => new() { { "PATCH /api/classes/email", """{"maxConcurrentJobs":3}""" } };

    [Theory]
    [MemberData(nameof(Reads))]
    public Task Read_IsOpenToEveryRole(string call, string body) => LetsInAsync(call, body, null, ViewerKey, OperatorKey, AdminKey);

    [Theory]
    [MemberData(nameof(OperatorsActs))]
    public Task Act_OfOperators_IsRefusedToViewers(string call, string body) => LetsInAsync(call, body, ViewerKey, OperatorKey, AdminKey);

    [Theory]
    [MemberData(nameof(AdminsActs))]
    public Task Act_OfAdmins_IsRefusedToOperators(string call, string body) => LetsInAsync(call, body, OperatorKey, AdminKey);

    [Theory]
    [MemberData(nameof(Reads))]
    [MemberData(nameof(OperatorsActs))]
    [MemberData(nameof(AdminsActs))]
    [InlineData("GET /api/nowhere", "")]
    [InlineData("DELETE /api/jobs", "")]
    public async Task Stranger_IsToldNothing(string call, string body)
    {
        var answer = await SendAsync(call, null, body.Length == 0 ? null : body);

        await ProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer realm=\"OrleansJobs\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(Grid.All());
        Assert.Equal(0, (await Grid.GetClassAsync("email")).Settings.Revision);
    }

    [Fact]
    public void Route_WithoutAPolicy_IsKnownByName()
    {
        var open = Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null)
            .Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(["/api/openapi/v1.json", "/api/signin", "/api/signout", "/health/live", "/health/ready", "/openapi/v1.json"], open.Order());
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: POST")]
    [InlineData("X-Original-URL: /api/classes/email/pause")]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    public async Task Header_ThatSomeServersObey_ChangesNothing(string header)
    {
        var answer = await SendAsync("POST /api/classes/email/pause", ViewerKey, null, header);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False((await Grid.GetClassAsync("email")).Settings.Paused);
    }

    private async Task LetsInAsync(string call, string body, string? lesser, params string[] keys)
    {
        var text = body.Length == 0 ? null : body;
        if (lesser is not null)
        {
            Assert.Contains("this call needs", await ProblemAsync(await SendAsync(call, lesser, text), HttpStatusCode.Forbidden, "forbidden"));
            Assert.Empty(Grid.All());
            Assert.Equal(0, (await Grid.GetClassAsync("email")).Settings.Revision);
        }

        foreach (var key in keys)
        {
            Assert.False((await SendAsync(call, key, text)).StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        }
    }
}
