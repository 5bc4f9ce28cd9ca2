using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Dashboard.Live;
using OrleansJobs.Testing;

namespace OrleansJobs.Dashboard.Tests.Live;

/// <summary>One reader for all listeners, and none without; nothing is sent that has not changed.</summary>
public sealed class LiveHubTests
{
    private readonly WatchedTimeProvider _time = new();
    private readonly LiveHub _hub;
    private object _value = new { Count = 1 };
    private int _reads;
    private Exception? _failure;

    public LiveHubTests() => _hub = new LiveHub(_time, NullLogger<LiveTopic>.Instance);

    private LiveSource Source => new("thing", "thing", _ => Read(), value => value);

    [Fact]
    public async Task FiftyListeners_ShareOneReader_AndItsBytes()
    {
        var listeners = Enumerable.Range(0, 50).Select(_ => _hub.Listen([Source], "ada")).ToList();
        await NextReadAsync(1);
        await NextReadAsync(2);
        await NextReadAsync(3);

        Assert.Equal(3, _reads);
        Assert.Equal(1, _hub.Topics);
        var frames = listeners.SelectMany(listener => listener.Take()).ToList();
        Assert.Equal(50, frames.Count);
        Assert.Single(frames.Select(frame => frame.Event.Data).Distinct());
    }

    [Fact]
    public async Task LastListener_TakesTheReaderAlong()
    {
        var (first, second) = (_hub.Listen([Source], "ada"), _hub.Listen([Source], "ada"));
        await NextReadAsync(1);
        first.Dispose();
        await NextReadAsync(2);
        second.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _reads);
        Assert.Equal((0, 0), (_hub.Topics, _time.ActiveTimers));
    }

    [Fact]
    public async Task LateListener_GetsTheNewestAtOnce()
    {
        using var first = _hub.Listen([Source], "ada");
        await NextReadAsync(1);
        using var second = _hub.Listen([Source], "ada");

        await second.WaitAsync(TimeSpan.FromMinutes(1), _time, CancellationToken.None);
        Assert.Single(second.Take());
    }

    [Fact]
    public async Task SameAsBefore_IsNotSentAgain()
    {
        using var listener = _hub.Listen([Source], "ada");
        await NextReadAsync(1);
        Assert.Equal("event: thing\ndata: {\"count\":1}\n\n", await TextAsync(Assert.Single(listener.Take())));
        await NextReadAsync(2);
        Assert.Empty(listener.Take());
        _value = new { Count = 2 };
        await NextReadAsync(3);

        Assert.Equal("event: thing\ndata: {\"count\":2}\n\n", await TextAsync(Assert.Single(listener.Take())));
    }

    /// <summary>Payloads are as they were submitted: whoever indented theirs must not break the stream.</summary>
    [Theory]
    [InlineData("{\n  \"to\": 1\n}", "data: {\ndata:   \"to\": 1\ndata: }\n\n")]
    [InlineData("[1,\r\n2]", "data: [1,\ndata: 2]\n\n")]
    public async Task LineBreaks_InAPayload_AreLinesOfData(string payload, string sent)
    {
        _value = new { Payload = new OrleansJobs.Http.RawJson(Encoding.UTF8.GetBytes(payload)) };
        using var listener = _hub.Listen([Source], "ada");
        await NextReadAsync(1);

        var text = (await TextAsync(Assert.Single(listener.Take()))).Replace("{\"payload\":", "", StringComparison.Ordinal).Replace("}\n\n", "\n\n", StringComparison.Ordinal);
        Assert.Equal("event: thing\n" + sent, text);
    }

    [Fact]
    public async Task SlowListener_SkipsToTheNewest()
    {
        using var listener = _hub.Listen([Source], "ada");
        for (var count = 1; count <= 5; count++)
        {
            _value = new { Count = count };
            await NextReadAsync(count);
        }

        Assert.Contains("\"count\":5", await TextAsync(Assert.Single(listener.Take())), StringComparison.Ordinal);
        Assert.Empty(listener.Take());
    }

    [Fact]
    public async Task Dress_IsNotCompared()
    {
        var dressed = 0;
        using var listener = _hub.Listen([Source with { Dress = value => new { At = ++dressed, Value = value } }], "ada");
        await NextReadAsync(1);
        await NextReadAsync(2);

        Assert.Equal(1, dressed);
        Assert.Contains("\"at\":1", await TextAsync(Assert.Single(listener.Take())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GridThatIsAway_IsToldOnce_AndAskedLessAndLess()
    {
        _failure = new GridUnavailableException("The store does not answer.");
        using var listener = _hub.Listen([Source], "ada");
        await _time.WhenTimersAsync(1);
        Assert.Contains("event: trouble\ndata: ", await TextAsync(Assert.Single(listener.Take())), StringComparison.Ordinal);
        var pauses = new List<double>();
        for (var reads = 2; reads <= 6; reads++)
        {
            pauses.Add((_time.NextTimerAt!.Value - _time.GetUtcNow()).TotalSeconds);
            await AdvanceAsync(reads);
        }

        Assert.Equal([2, 4, 8, 10, 10], pauses);
        Assert.Empty(listener.Take());
        _failure = null;
        await AdvanceAsync(7);
        Assert.Contains("event: thing", await TextAsync(Assert.Single(listener.Take())), StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow() + LiveLimits.Period, _time.NextTimerAt);
    }

    [Fact]
    public void OneListenerTooMany_IsRefused_UntilAnotherLeaves()
    {
        var listeners = Enumerable.Range(0, LiveLimits.MaxListeners).Select(n => _hub.Listen([Source], $"caller {n / LiveLimits.MaxListenersPerCaller}")).ToList();

        var fault = Assert.Throws<HttpFault>(() => _hub.Listen([Source], "ada"));
        Assert.Equal((503, "too-many-listeners"), (fault.Status, fault.Code));
        listeners[0].Dispose();
        _hub.Listen([Source], "ada").Dispose();
        listeners.Skip(1).ToList().ForEach(listener => listener.Dispose());
    }

    [Fact]
    public void OneListenerTooManyOfACaller_IsRefused_UntilAnotherOfTheirsLeaves()
    {
        var listeners = Enumerable.Range(0, LiveLimits.MaxListenersPerCaller).Select(_ => _hub.Listen([Source], "ada")).ToList();

        Assert.Equal((429, "too-many-streams"), (Assert.Throws<HttpFault>(() => _hub.Listen([Source], "ada")) is var fault ? (fault.Status, fault.Code) : default));
        _hub.Listen([Source], "olga").Dispose();
        listeners[0].Dispose();
        _hub.Listen([Source], "ada").Dispose();
        listeners.Skip(1).ToList().ForEach(listener => listener.Dispose());
    }

    /// <summary>As it goes out.</summary>
    private static async Task<string> TextAsync(LiveFrame frame)
    {
        using var sent = new MemoryStream();
        await SseFormatter.WriteAsync(new[] { frame.Event }.ToAsyncEnumerable(), sent, (item, writer) => writer.Write(item.Data));
        return Encoding.UTF8.GetString(sent.ToArray());
    }

    private Task<object> Read()
    {
        _reads++;
        return _failure is null ? Task.FromResult(_value) : Task.FromException<object>(_failure);
    }

    /// <summary>Has the reader read for the time that is said, and go to sleep again.</summary>
    private async Task NextReadAsync(int reads)
    {
        if (reads > 1)
        {
            await AdvanceAsync(reads);
        }
        else
        {
            await _time.WhenTimersAsync(1);
        }

        Assert.Equal(reads, _reads);
    }

    private async Task AdvanceAsync(int reads)
    {
        _time.AdvanceToNextTimer();
        await _time.WhenTimersAsync(1);
        Assert.Equal(reads, _reads);
    }
}
