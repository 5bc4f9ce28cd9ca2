using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class ErrorGroupsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ErrorGroups _groups = new();

    [Fact]
    public void FailuresThatDifferInNumbersAndIds_AreOne()
    {
        var last = JobId.New();
        _groups.Add(JobId.New(), new JobError("Timeout", "Job 0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b: 503 after 1.5 s at host-a7"), Start);
        _groups.Add(last, new JobError("Timeout", "Job 0193b5f2-aaaa-bbbb-cccc-2a4c6e8f0a1b: 502 after 23.25 s at host-b12"), Start.AddSeconds(9));

        var group = Assert.Single(_groups.Show());

        Assert.Equal((2, Start, Start.AddSeconds(9), last), (group.Count, group.FirstAt, group.LastAt, group.LastJob));
        Assert.Equal("Job 0193b5f2-aaaa-bbbb-cccc-2a4c6e8f0a1b: 502 after 23.25 s at host-b12", group.Message);
    }

    [Fact]
    public void FailuresOfAnotherTypeOrText_AreOthers_TheMostFrequentFirst()
    {
        _groups.Add(JobId.New(), new JobError("A", "no"), Start);
        _groups.Add(JobId.New(), new JobError("A", "yes"), Start);
        _groups.Add(JobId.New(), new JobError("B", "no"), Start);
        _groups.Add(JobId.New(), new JobError("A", "yes"), Start);

        Assert.Equal(["A yes 2", "A no 1", "B no 1"], _groups.Show().Select(group => $"{group.Type} {group.Message} {group.Count}"));
    }

    [Fact]
    public void TooManyGroups_CostTheOneThatIsLongestWithoutAFailure()
    {
        for (var n = 0; n <= InsightLimits.MaxErrorGroups; n++)
        {
            _groups.Add(JobId.New(), new JobError($"Type{n}", ""), Start.AddSeconds(n));
            _groups.Add(JobId.New(), new JobError("Type0", ""), Start.AddSeconds(n));
        }

        var types = _groups.Show().Select(group => group.Type).ToHashSet();

        Assert.Equal(InsightLimits.MaxErrorGroups, types.Count);
        Assert.Contains("Type0", types);
        Assert.DoesNotContain("Type1", types);
    }
}
