using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Conformance;

/// <summary>What a submit takes, and what it refuses.</summary>
public abstract class IdentityConformance : GridConformance
{
    [SkippableFact]
    public async Task Submit_OfSameJobTwice_IsOneJob()
    {
        var id = JobId.New();
        var first = await SubmitAsync("once", new() { Id = id });
        var second = await SubmitAsync("once", new() { Id = id });
        await EndOfAsync(second);

        Assert.Equal((SubmitStatus.Accepted, SubmitStatus.AlreadySubmitted), (first.Status, second.Status));
        Assert.Equal(SubmitStatus.AlreadySubmitted, (await SubmitAsync("once", new() { Id = id })).Status);
        Assert.Single(Script.Runs);
    }

    [SkippableFact]
    public async Task Submit_OfSameIdWithOtherPayload_IsRefused()
    {
        var job = await SubmitAsync("one");

        await Assert.ThrowsAsync<DuplicateJobException>(() => SubmitAsync("two", new() { Id = job.Id }));
        await EndOfAsync(job);
        Assert.Equal(["one"], Script.Runs.Select(run => run.Name));
    }

    [SkippableFact]
    public async Task UniqueKey_LetsOneJobIn_AndNamesItToTheOthers()
    {
        var submits = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmitAsync("only", new() { UniqueKey = "welcome-42" })));

        var first = Assert.Single(submits, submit => submit.Status == SubmitStatus.Accepted);
        Assert.All(submits, submit => Assert.Equal(first.Id, submit.Id));
        await EndOfAsync(first);
        Assert.Single(Script.Runs);
        Assert.Equal(SubmitStatus.UniqueKeyTaken, (await SubmitAsync("only", new() { UniqueKey = "welcome-42" })).Status);
    }

    [SkippableFact]
    public async Task UniqueKey_OfOneClass_IsFreeInAnother()
    {
        await SubmitAsync("a", new() { UniqueKey = "k" });

        var other = await Jobs.SubmitAsync(OtherJob.Class, new OtherJob("b"), new() { UniqueKey = "k" });

        Assert.Equal(SubmitStatus.Accepted, other.Status);
    }

    [SkippableFact]
    public async Task Batch_AnswersForEachJob()
    {
        var twin = JobId.New();
        var good = Jobs.Describe(ScriptedJob.Class, new ScriptedJob("good"), new() { Id = twin });
        var outcomes = await Jobs.SubmitManyAsync(
        [
            good,
            Jobs.Describe("nowhere", new ScriptedJob("lost")),
            good,
            Jobs.Describe(ScriptedJob.Class, new ScriptedJob("keyed"), new() { UniqueKey = "k" }),
            Jobs.Describe(ScriptedJob.Class, new ScriptedJob("keyed too"), new() { UniqueKey = "k" }),
            Jobs.Describe(ScriptedJob.Class, new ScriptedJob("other"), new() { Id = twin }),
            Jobs.Describe(ScriptedJob.Class, new ScriptedJob("loud"), new() { Priority = 10 }),
        ]);

        Assert.Equal(
            [
                SubmitStatus.Accepted, SubmitStatus.Refused, SubmitStatus.AlreadySubmitted, SubmitStatus.Accepted,
                SubmitStatus.UniqueKeyTaken, SubmitStatus.Refused, SubmitStatus.Refused,
            ],
            outcomes.Select(outcome => outcome.Status));
        Assert.IsType<UnknownJobClassException>(outcomes[1].Error);
        Assert.Equal(outcomes[3].Id, outcomes[4].Id);
        Assert.IsType<DuplicateJobException>(outcomes[5].Error);
        Assert.IsType<InvalidRequestException>(outcomes[6].Error);
        await EndOfAsync(Jobs.GetHandle(outcomes[0].Id));
        await EndOfAsync(Jobs.GetHandle(outcomes[3].Id));
        Assert.Equal(["good", "keyed"], Script.Runs.Select(run => run.Name).Order());
    }

    [SkippableFact]
    public async Task Batch_OfManyJobs_RunsThemAll()
    {
        var submissions = Enumerable.Range(0, 1_000).Select(number => Jobs.Describe(ScriptedJob.Class, new ScriptedJob($"job-{number}"))).ToList();

        var outcomes = await Jobs.SubmitManyAsync(submissions);

        Assert.All(outcomes, outcome => Assert.Equal(SubmitStatus.Accepted, outcome.Status));
        foreach (var outcome in outcomes)
        {
            Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(outcome.Id))).State);
        }

        Assert.Equal(1_000, Script.Runs.Select(run => run.Name).Distinct().Count());
        Assert.Equal(1_000, Script.Runs.Count);
    }

    [SkippableFact]
    public async Task Batch_OverItsLimit_IsRefusedWhole()
    {
        var submission = Jobs.Describe(ScriptedJob.Class, new ScriptedJob("x"));

        await Assert.ThrowsAsync<BatchTooLargeException>(
            () => Jobs.SubmitManyAsync([.. Enumerable.Repeat(submission, JobLimits.MaxSubmitBatch + 1)]));
    }

    [SkippableFact]
    public async Task Submit_ToUnknownClass_IsRefused() =>
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Jobs.SubmitAsync("nowhere", new ScriptedJob("x")));

    [SkippableFact]
    public async Task Submit_OfTooLargePayload_IsRefused() =>
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => SubmitAsync(new string('x', JobLimits.MaxPayloadBytes)));

    [SkippableFact]
    public async Task Submit_WithValuesOutOfRange_NamesThemAll()
    {
        var refusal = await Assert.ThrowsAsync<InvalidRequestException>(
            () => SubmitAsync("x", new() { Priority = 11, Cost = 0, Delay = TimeSpan.FromSeconds(-1) }));

        Assert.All(["priority", "cost", "delay"], key => Assert.Contains(key, refusal.Message, StringComparison.OrdinalIgnoreCase));
    }

    [SkippableFact]
    public async Task Job_WithPayloadOfAnotherShape_IsDeadLettered()
    {
        var submission = new JobSubmission { JobClass = ScriptedJob.Class, Payload = Encoding.UTF8.GetBytes("[1,2,3]") };

        await Jobs.SubmitAsync(submission);
        var end = await EndOfAsync(Jobs.GetHandle(submission.Id));

        Assert.Equal((JobState.DeadLettered, JobError.InvalidPayload), (end.State, end.LastError?.Type));
    }

    [SkippableTheory]
    [InlineData("{\"foo\":1}")]
    [InlineData("{\"name\":null}")]
    public async Task Job_WithAMemberMissing_IsDeadLetteredAtOnce_ByItsName(string payload)
    {
        var submission = new JobSubmission { JobClass = ScriptedJob.Class, Payload = Encoding.UTF8.GetBytes(payload) };

        await Jobs.SubmitAsync(submission);
        var end = await EndOfAsync(Jobs.GetHandle(submission.Id));

        Assert.Equal((JobState.DeadLettered, 1, JobError.InvalidPayload), (end.State, end.Attempt, end.LastError?.Type));
        Assert.Contains("'name'", end.LastError!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(JobError.InvalidPayload, (await Jobs.ExplainAsync(submission.Id)).Explanation);
        Assert.Empty(Script.Runs);
        var groups = await UntilAsync(
            () => Services.GetRequiredService<IGridMonitor>().GetErrorsAsync(ScriptedJob.Class), groups => groups.Count > 0);
        Assert.Equal((JobError.InvalidPayload, submission.Id), (groups[0].Type, groups[0].LastJob));
    }

    [SkippableFact]
    public async Task Submit_OfAPayloadThatIsNotValidForItsType_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidRequestException>(() => Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob(null!)));

        Assert.Contains("'name'", refusal.Message, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAsync<InvalidRequestException>(() => Jobs.SubmitAsync(ScriptedJob.Class, (ScriptedJob)null!));
    }

    [SkippableFact]
    public async Task UnknownJob_IsNotFound()
    {
        var nobody = JobId.New();

        Assert.Null(await Jobs.FindAsync(nobody));
        await Assert.ThrowsAsync<JobNotFoundException>(() => Jobs.CancelAsync(nobody));
        await Assert.ThrowsAsync<JobNotFoundException>(() => Jobs.ExplainAsync(nobody));
        await Assert.ThrowsAsync<JobNotFoundException>(() => Jobs.GetHandle(nobody).WaitAsync());
    }
}
