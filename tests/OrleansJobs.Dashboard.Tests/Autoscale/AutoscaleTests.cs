using System.Net;
using System.Text.Json.Nodes;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Autoscale;

public sealed class AutoscaleTests : ApiTest
{
    [Fact]
    public async Task Autoscale_AnswersWithNumbersOfTheFirstLevel()
    {
        for (var job = 0; job < 9; job++)
        {
            await SubmitAsync();
        }

        var answer = await ReadAsync(await Http.GetAsync("/api/autoscale/email"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"class":"email","backlog":9,"running":0,"permits":4,"desiredSilos":3}"""), answer), answer.ToJsonString());
        Assert.Equal(9, (int?)(await ReadAsync(await Http.GetAsync("/api/autoscale/email?jobsPerSilo=1")))["desiredSilos"]);
    }

    [Theory]
    [InlineData("nope", HttpStatusCode.NotFound, "unknown-job-class")]
    [InlineData("email?jobsPerSilo=0", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("email?jobsPerSilo=many", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("email?jobsPerSilo=1000001", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("email?silos=1", HttpStatusCode.BadRequest, "invalid-request")]
    public async Task BadInput_IsRefused(string path, HttpStatusCode status, string code) =>
        await ProblemAsync(await Http.GetAsync("/api/autoscale/" + path), status, code);
}
