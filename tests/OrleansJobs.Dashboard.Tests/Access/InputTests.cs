using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.OpenApi;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>Values that no route may trip over, tried on every place that takes one.</summary>
public sealed class InputTests : AccessTest
{
    private const string Database = "10.9.8.7:5432";
    private const string Id = "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b";
    private static readonly string[] NoNumbers = ["NaN", "Infinity", "-Infinity", "-1", "-0.5", "1e999", "99999999999999999999", "0x10", "%00", "1%00", "", "%20"];
    private static readonly string[] NoTexts = ["%00", "a%00b", "%00a"];

    /// <summary>From the routes themselves, so that a new one is tried too.</summary>
    [Fact]
    public async Task Query_OfAnyRoute_ThatIsOutOfRange_IsRefused()
    {
        foreach (var (operation, key) in Operations().SelectMany(operation => operation.Query.Select(key => (operation, key))))
        {
            foreach (var value in key.Type == typeof(string) ? NoTexts : key.Type == typeof(bool) ? [] : NoNumbers)
            {
                var call = $"GET /api{PathOf(operation)}?{key.Name}={value}";
                var answer = await SendAsync(call, AdminKey);

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{call}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }
    }

    [Theory]
    [InlineData("POST /api/jobs", """{"class":"email","payload":1,"tenant":"a\u0000b"}""")]
    [InlineData("POST /api/jobs", """{"class":"em\u0000ail","payload":1}""")]
    [InlineData("POST /api/jobs", """{"class":"email","payload":1,"tags":["a","\u0000"]}""")]
    [InlineData("POST /api/jobs", """{"class":"email","payload":1,"uniqueKey":"\ud800"}""")]
    [InlineData("POST /api/bulk", """{"action":"cancel","filter":{"tag":"a\u0000b"}}""")]
    [InlineData("POST /api/bulk", """{"action":"cancel","filter":{"class":"email"},"reason":"\u0000"}""")]
    [InlineData("PATCH /api/classes/email", """{"tenantWeights":{"a\u0000b":2}}""")]
    [InlineData("POST /api/signin", """{"key":"a\u0000b"}""")]
    public async Task Body_WithTextThatCannotBeStored_IsRefused(string call, string body)
    {
        await ProblemAsync(await SendAsync(call, AdminKey, body), HttpStatusCode.BadRequest, "invalid-request");

        Assert.Empty(Grid.All());
        Assert.Equal(0, (await Grid.GetClassAsync("email")).Settings.Revision);
    }

    [Fact]
    public async Task Payload_WithAnyText_IsTaken() =>
        await ReadAsync(await SendAsync("POST /api/jobs", AdminKey, """{"class":"email","payload":"a\u0000b"}"""), HttpStatusCode.Created);

    [Theory]
    [InlineData("GET /api/jobs", null)]
    [InlineData("GET /api/classes", null)]
    [InlineData("GET /health/ready", null)]
    [InlineData($"GET /api/jobs/{Id}", null)]
    [InlineData("GET /api/live?class=email", null)]
    [InlineData("POST /api/jobs", """{"class":"email","payload":1}""")]
    [InlineData("POST /api/jobs/batch", """[{"class":"email","payload":1}]""")]
    [InlineData("POST /api/classes/email/pause", null)]
    [InlineData("POST /api/bulk", """{"action":"cancel","filter":{"class":"email"}}""")]
    public async Task Answer_OfAGridThatIsAway_DoesNotSayWhereItsDatabaseIs(string call, string? body)
    {
        foreach (var failure in new Exception[] { new GridUnavailableException($"PostgreSQL at {Database} does not answer."), new StoreSetupException($"{Database} is of a newer schema.") })
        {
            Grid.FailWith(failure);
            var answer = await SendAsync(call, AdminKey, body);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.DoesNotContain(Database, await answer.Content.ReadAsStringAsync());
        }

        Grid.FailWith(null);
    }

    private IEnumerable<ApiOperation> Operations() => Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
        .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>()).OfType<ApiOperation>().Distinct();

    private static string PathOf(ApiOperation operation) =>
        operation.Pattern.Replace("{id}", Id).Replace("{class}", "email").Replace("{silo}", "silo-1").Replace("{run}", Id);
}
