using Microsoft.Extensions.Logging;
using OrleansJobs.Testing.Tests.Sample;

namespace OrleansJobs.Testing.Tests.Inline;

public sealed class TestJobContextTests
{
    private readonly GreetHandler _handler = new(new Greetings());

    [Fact]
    public async Task Run_GivesTheHandlersResult_AndKeepsWhatItSaid()
    {
        using var context = new TestJobContext();

        var result = await context.RunAsync(_handler, new Greet("Ada"));

        Assert.Equal("hello Ada", result.Value);
        Assert.Equal((1.0, "greeted"), (context.Progress.Single().Fraction, context.Progress.Single().Message));
        Assert.Equal(new TestLogLine(LogLevel.Information, "Greeted Ada", null), context.Log.Single());
        Assert.Equal(new Greet("Ada"), context.Payload);
        Assert.Equal(1, context.Heartbeats);
    }

    [Fact]
    public async Task Run_OfAHandlerThatThrows_Throws()
    {
        using var context = new TestJobContext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.RunAsync(_handler, new Greet("rude")));
    }

    [Fact]
    public async Task Run_WithAPayloadThatIsNotValidForItsType_Throws()
    {
        using var context = new TestJobContext();
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => context.RunAsync(_handler, new Greet(null!)));
    }

    [Fact]
    public async Task Checkpoint_IsReadByTheNextAttempt()
    {
        using var first = new TestJobContext();
        var snooze = await first.RunAsync(_handler, new Greet("sleepy"));
        using var second = new TestJobContext(new TestAttempt { Checkpoint = first.LoadCheckpoint<bool>(), Attempt = 2 });
        var result = await second.RunAsync(_handler, new Greet("sleepy"));

        Assert.Equal((JobResultKind.Snooze, TimeSpan.FromHours(8)), (snooze.Kind, snooze.Delay));
        Assert.Equal("good morning", result.Value);
    }

    [Fact]
    public async Task Stop_EndsTheAttempt()
    {
        using var context = new TestJobContext();
        var run = context.RunAsync(_handler, new Greet("slow"));

        context.Stop(CancellationCause.Draining);
        context.Stop(CancellationCause.Timeout);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(CancellationCause.Draining, context.CancellationCause);
    }

    [Fact]
    public async Task Run_WithAResultOverTheLimit_SaysSo()
    {
        using var context = new TestJobContext();
        var error = await Assert.ThrowsAsync<PayloadTooLargeException>(() => context.RunAsync(_handler, new Greet("long")));
        Assert.Contains("result", error.Message);
    }

    [Fact]
    public async Task Run_WithAPayloadOverTheLimit_SaysSo()
    {
        using var context = new TestJobContext();
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => context.RunAsync(_handler, new Greet(new string('a', JobLimits.MaxPayloadBytes))));
    }

    [Fact]
    public void Payload_BeforeAHandlerRan_IsAnError()
    {
        using var context = new TestJobContext();
        Assert.Throws<InvalidOperationException>(() => context.Payload);
    }
}
