using System.Net;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Health;

public sealed class HealthTests : ApiTest
{
    [Fact]
    public async Task Ready_WhenTheGridAnswers_IsHealthy() =>
        Assert.Equal("Healthy", (string?)(await ReadAsync(await Http.GetAsync("/health/ready")))["status"]);

    [Fact]
    public async Task Ready_WhenTheGridIsAway_IsUnavailableAndTheLogSaysWhy()
    {
        Grid.FailWith(new GridUnavailableException("No silo answers."));

        var report = await ReadAsync(await Http.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable);

        Assert.Equal("Unhealthy", (string?)report["status"]);
        Assert.Equal("The check failed; the host's log says why.", (string?)report["checks"]!["grid"]!["description"]);
    }

    [Fact]
    public async Task Ready_WhenTheCheckBreaks_TellsNoException()
    {
        Grid.FailWith(new InvalidOperationException("Password=hunter2"));

        var answer = await Http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("hunter2", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Live_WhenTheGridIsAway_IsHealthyAllTheSame()
    {
        Grid.FailWith(new GridUnavailableException("No silo answers."));

        Assert.Equal("Healthy", (string?)(await ReadAsync(await Http.GetAsync("/health/live")))["status"]);
    }
}
