using System.Text;
using OrleansJobs.Core.Submission;

namespace OrleansJobs.Core.Tests.Submission;

public sealed class SubmissionRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static JobSubmission Good => new() { JobClass = "email", Payload = Bytes("""{"to":"a@example.org"}""") };

    public static TheoryData<string, JobSubmission> GoodOnes => new()
    {
        { "plain", Good },
        { "all said", Good with { Options = new SubmitOptions
            {
                Tenant = "acme", Priority = 9, Delay = JobLimits.MaxDelay, UniqueKey = "welcome-42", MaxAttempts = JobLimits.MaxAttempts,
                Timeout = JobLimits.MaxTimeout, Cost = JobLimits.MaxCost, Tags = [.. Enumerable.Range(0, JobLimits.MaxTags).Select(n => $"t{n}")],
            } } },
        { "least", Good with { Options = new SubmitOptions
            {
                Priority = 0, Delay = TimeSpan.Zero, UniqueKey = "x", MaxAttempts = 1, Timeout = TimeSpan.FromMilliseconds(1), Cost = 1,
            } } },
        { "due long ago", Good with { Options = new SubmitOptions { DueAt = Now.AddYears(-5) } } },
        { "due as late as may be", Good with { Options = new SubmitOptions { DueAt = Now + JobLimits.MaxDelay } } },
        { "class of every kind of character", Good with { JobClass = "Video.h264_720-p" } },
        { "longest class", Good with { JobClass = new string('x', JobLimits.MaxJobClassLength) } },
        { "largest payload", Good with { ContentType = "text/plain", Payload = new byte[JobLimits.MaxPayloadBytes] } },
        { "empty payload that is no JSON", Good with { ContentType = "application/octet-stream", Payload = default } },
        { "JSON null", Good with { Payload = Bytes("null") } },
        { "deep JSON", Good with { Payload = Bytes(new string('[', 200) + new string(']', 200)) } },
        { "tenant in other letters", Good with { Options = new SubmitOptions { Tenant = "Zürich 東京 🦊" } } },
        { "id of another version", Good with { Id = new JobId(Guid.NewGuid()) } },
        { "no trace", Good with { TraceParent = null } },
    };

    [Theory]
    [MemberData(nameof(GoodOnes))]
    public void Check_OfAGoodJob_IsSilent(string name, JobSubmission submission) =>
        Assert.True(SubmissionRules.Check(submission, Now) is null, $"{name}: {SubmissionRules.Check(submission, Now)?.Message}");

    public static TheoryData<JobSubmission, string> BadOnes => new()
    {
        { Good with { Id = default }, "Id is 00000000-0000-0000-0000-000000000000; allowed is a UUID" },
        { Good with { JobClass = null! }, "JobClass is missing; allowed is 1 to 64 letters" },
        { Good with { JobClass = "" }, "JobClass is ''; allowed is 1 to 64 letters" },
        { Good with { JobClass = "e mail" }, "JobClass is 'e mail'; allowed is 1 to 64 letters" },
        { Good with { JobClass = "../etc" }, "JobClass is '../etc'; allowed is 1 to 64 letters" },
        { Good with { JobClass = "é" }, "JobClass is 'é'; allowed is 1 to 64 letters" },
        { Good with { JobClass = new string('x', 65) }, "JobClass is 'xxx" },
        { Good with { Payload = default }, "Payload is empty; allowed is one JSON value" },
        { Good with { Payload = Bytes("{\"a\":1") }, "Payload is not JSON (line 1, byte 7); allowed is one JSON value" },
        { Good with { Payload = Bytes("{}{}") }, "Payload is not JSON (line 1, byte 3); allowed" },
        { Good with { Payload = new byte[] { (byte)'"', 0xff, (byte)'"' } }, "Payload is not UTF-8; allowed" },
        { Good with { ContentType = "Application/JSON; charset=utf-8", Payload = Bytes("oops") }, "Payload is not JSON" },
        { Good with { ContentType = "application/cloudevents+json", Payload = Bytes("oops") }, "Payload is not JSON" },
        { Good with { ContentType = "" }, "ContentType is ''; allowed is text of 1 to 128 characters" },
        { Good with { ContentType = null! }, "ContentType is missing; allowed is text of 1 to 128 characters" },
        { Good with { ContentType = new string('x', 129) }, "ContentType is 'xxx" },
        { Good with { Options = null! }, "Options is missing" },
        { With(new() { Delay = TimeSpan.FromTicks(-1) }), "Delay is -00:00:00.0000001; allowed is 00:00:00 to 366.00:00:00." },
        { With(new() { Delay = TimeSpan.FromDays(367) }), "Delay is 367.00:00:00; allowed is 00:00:00 to 366.00:00:00." },
        { With(new() { Delay = TimeSpan.Zero, DueAt = Now }), "Delay is given together with DueAt; allowed is one of the two." },
        { With(new() { DueAt = Now + JobLimits.MaxDelay + TimeSpan.FromTicks(1) }), "DueAt is 2031-05-02T12:00:00.0000001+00:00; allowed is at most" },
        { With(new() { DueAt = DateTimeOffset.MaxValue }), "DueAt is 9999-12-31" },
        { With(new() { Priority = -1 }), "Priority is -1; allowed is 0 to 9." },
        { With(new() { Priority = 10 }), "Priority is 10; allowed is 0 to 9." },
        { With(new() { Cost = 0 }), "Cost is 0; allowed is 1 to 1000." },
        { With(new() { Cost = 1_001 }), "Cost is 1001; allowed is 1 to 1000." },
        { With(new() { MaxAttempts = 0 }), "MaxAttempts is 0; allowed is 1 to 1000." },
        { With(new() { MaxAttempts = 1_001 }), "MaxAttempts is 1001; allowed is 1 to 1000." },
        { With(new() { Timeout = TimeSpan.Zero }), "Timeout is 00:00:00; allowed is 00:00:00.0010000 to 7.00:00:00." },
        { With(new() { Timeout = TimeSpan.FromDays(8) }), "Timeout is 8.00:00:00; allowed is 00:00:00.0010000 to 7.00:00:00." },
        { With(new() { Tenant = null! }), "Tenant is missing; allowed is text of 0 to 128 characters" },
        { With(new() { Tenant = new string('x', 129) }), "Tenant is 'xxx" },
        { With(new() { Tenant = "a\nb" }), "Tenant is 'a\\u000ab'; allowed is text of 0 to 128 characters without control characters." },
        { With(new() { Tenant = "a\uD800" }), "Tenant is 'a\\ud800'; allowed" },
        { With(new() { UniqueKey = "" }), "UniqueKey is ''; allowed is text of 1 to 256 characters" },
        { With(new() { UniqueKey = "a\0" }), "UniqueKey is 'a\\u0000'; allowed" },
        { With(new() { UniqueKey = new string('x', 257) }), "(257 characters); allowed is text of 1 to 256 characters" },
        { With(new() { Tags = null! }), "Tags is missing; allowed is 0 to 16 words." },
        { With(new() { Tags = [.. Enumerable.Repeat("x", 17)] }), "Tags.Count is 17; allowed is 0 to 16." },
        { With(new() { Tags = ["ok", ""] }), "Tags[1] is ''; allowed is text of 1 to 64 characters" },
        { With(new() { Tags = [null!] }), "Tags[0] is missing; allowed is text of 1 to 64 characters" },
        { With(new() { Tags = ["a\tb"] }), "Tags[0] is 'a\\u0009b'; allowed" },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Check_OfABadJob_NamesKeyValueAndRange(JobSubmission submission, string fault)
    {
        var error = Assert.IsType<InvalidRequestException>(SubmissionRules.Check(submission, Now));
        Assert.Contains(fault, error.Message);
    }

    [Fact]
    public void Check_OfManyFaults_ListsThemAll()
    {
        var submission = Good with
        {
            JobClass = "no good", Payload = default, Options = new SubmitOptions { Priority = 12, Cost = 0, Tenant = "\0" },
        };

        var message = SubmissionRules.Check(submission, Now)!.Message;

        Assert.All(["JobClass is", "Payload is", "Priority is", "Cost is", "Tenant is"], fault => Assert.Contains(fault, message));
    }

    [Fact]
    public void Check_OfAPayloadOverTheLimit_SaysHowLargeItMayBe()
    {
        var error = SubmissionRules.Check(Good with { Payload = new byte[JobLimits.MaxPayloadBytes + 1] }, Now);

        Assert.IsType<PayloadTooLargeException>(error);
        Assert.Contains("1048577 bytes; the limit is 1048576", error.Message);
    }

    [Fact]
    public void Check_OfALongValue_DoesNotRepeatItAtLength()
    {
        var message = SubmissionRules.Check(With(new() { UniqueKey = new string('x', 100_000) }), Now)!.Message;
        Assert.True(message.Length < 300, message);
    }

    private static JobSubmission With(SubmitOptions options) => Good with { Options = options };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
