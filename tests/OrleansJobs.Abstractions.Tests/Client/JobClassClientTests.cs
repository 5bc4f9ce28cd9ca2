using System.Text;

namespace OrleansJobs.Abstractions.Tests.Client;

public sealed class JobClassClientTests
{
    private static readonly JobClass<Mail> Email = new("email");
    private static readonly JobClass<Mail, int> Count = new("count");

    private readonly ScriptedClient _client = new();

    [Fact]
    public async Task Submit_ToADeclaredClass_GoesByItsNameAndType()
    {
        JobHandle job = await _client.SubmitAsync(Email, new Mail("ann"), new() { Tenant = "acme" });

        var sent = _client.Submitted.Single();
        Assert.Equal((job.Id, "email", "acme"), (sent.Id, sent.JobClass, sent.Options.Tenant));
        Assert.Equal("""{"to":"ann"}""", Encoding.UTF8.GetString(sent.Payload.Span));
    }

    [Fact]
    public async Task Submit_ToAClassWithAResult_GivesATypedHandle()
    {
        JobHandle<int> job = await _client.SubmitAsync(Count, new Mail("ann"));
        JobHandle<int> later = _client.GetHandle(Count, job.Id);

        Assert.Equal(job.Id, later.Id);
    }

    [Fact]
    public async Task SubmitMany_GivesEachPayloadItsOptions()
    {
        var outcomes = await _client.SubmitManyAsync(Email, [new Mail("ann"), new Mail("bob")], mail => new() { UniqueKey = mail.To });

        Assert.Equal(2, outcomes.Count);
        Assert.Equal(["ann", "bob"], _client.Submitted.Select(one => one.Options.UniqueKey));
    }

    [Fact]
    public async Task SubmitMany_WithAPayloadThatIsNotValid_SubmitsNothing()
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => _client.SubmitManyAsync(Email, [new Mail("ann"), new Mail(null!)]));

        Assert.Contains("The payload is not a valid", error.Message);
        Assert.Empty(_client.Submitted);
    }

    [Fact]
    public void ReadResult_IsTyped()
    {
        var job = new JobSnapshot { Id = JobId.New(), JobClass = "count", State = JobState.Succeeded, Version = 3, Result = "42"u8.ToArray() };

        Assert.Equal(42, _client.ReadResult(Count, job));
        Assert.Equal(0, _client.ReadResult(Count, job with { Result = null }));
    }

    [Fact]
    public void AClass_KnowsItsNameAndPayload() => Assert.Equal(("email", "email", typeof(Mail)), (Email.Name, Email.ToString(), Email.PayloadType));

    private sealed record Mail(string To);
}
