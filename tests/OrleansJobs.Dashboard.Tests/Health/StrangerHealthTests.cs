using System.Net;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Health;

public sealed class StrangerHealthTests : AccessTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("ojk_val_wrong")]
    public async Task Health_ForAStranger_IsAWord(string? key)
    {
        Grid.FailWith(new GridUnavailableException("No silo answers at 10.0.0.7."));

        var answer = await SendAsync("GET /health/ready", key);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"Unhealthy"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("""{"status":"Healthy"}""", await (await SendAsync("GET /health/live", key)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Health_ForAViewer_HasTheReasons() =>
        Assert.Contains("job classes", await (await SendAsync("GET /health/ready", ViewerKey)).Content.ReadAsStringAsync());

    [Fact]
    public async Task Health_AfterTooManyWrongKeys_StillAnswers()
    {
        for (var n = 0; n <= AccessLimits.MaxFailedKeys; n++)
        {
            await SendAsync("GET /api/classes", ApiKey.New("val"));
        }

        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET /health/ready", ViewerKey)).StatusCode);
    }
}
