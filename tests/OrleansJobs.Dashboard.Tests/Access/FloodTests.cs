using System.Net;
using System.Text;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>Calls that are made to cost much: what is wrong in them is told in bounds, and none is unpacked further than its limits go.</summary>
public sealed class FloodTests : AccessTest
{
    private const int MaxAnswerLength = 8 * 1024;
    private const int MaxLineAnswerLength = 2 * 1024;

    [Fact]
    public async Task Faults_OfOneBody_AreToldInBounds()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"p{n}\":1")) + "}";

        var answer = await SendAsync("POST /api/jobs", OperatorKey, body);

        var detail = await ProblemAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.InRange(detail.Length, 1, MaxAnswerLength);
        Assert.StartsWith("Unknown property 'p0'; known are ", detail);
        Assert.EndsWith("There is more that is wrong.", detail);
    }

    [Fact]
    public async Task Faults_OfABatch_AreToldInBounds()
    {
        var line = "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"p{n}\":1")) + "}";
        var answer = await SendAsync("POST /api/jobs/batch", OperatorKey, $"[{string.Join(',', Enumerable.Repeat(line, 20))}]");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange((await answer.Content.ReadAsStringAsync()).Length, 1, 20 * MaxLineAnswerLength);
    }

    [Fact]
    public void Read_OfAnObjectFullOfFaults_CostsLittleMoreThanItsBytes()
    {
        var body = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"p{n}\":1")) + "}");

        var cost = CostOf(() => Assert.Throws<InvalidRequestException>(() => StrictJson.Read<SubmitRequest>(body)));

        Assert.InRange(cost, 0, 10L * body.Length);
    }

    [Theory]
    [InlineData("[", "0,", "0]")]
    [InlineData("[", "[],", "[]]")]
    public void Array_OfTooManyJobs_IsRefusedBeforeItIsUnpacked(string begin, string each, string end)
    {
        var body = Encoding.UTF8.GetBytes(begin + string.Concat(Enumerable.Repeat(each, 1_000_000)) + end);

        var cost = CostOf(() => Assert.Throws<BatchTooLargeException>(() => BatchLines.OfArray(body)));

        Assert.InRange(cost, 0, 2L * body.Length);
    }

    [Fact]
    public void Ndjson_OfTooManyJobs_IsRefusedBeforeItIsUnpacked()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0\n", 1_000_000)));

        var cost = CostOf(() => Assert.Throws<BatchTooLargeException>(() => BatchLines.OfNdjson(body)));

        Assert.InRange(cost, 0, 2L * body.Length);
    }

    private static long CostOf(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
