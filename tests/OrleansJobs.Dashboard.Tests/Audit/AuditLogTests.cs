using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Audit;

public sealed class AuditLogTests : AccessTest
{
    private readonly ConcurrentQueue<string> _lines = [];

    internal override Task<ApiHost> StartHostAsync() => StartAsync(
        KeySettings, services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Lines(_lines))));

    [Fact]
    public async Task Act_IsALineOfTheLog()
    {
        await SendAsync("POST /api/classes/email/pause", OperatorKey, null, $"{RemoteAddress}: 10.2.3.4");

        Assert.Contains("olga (operator) from 10.2.3.4: pause, class email, job -: Done, error -.", _lines);
    }

    [Fact]
    public async Task Class_WithALineBreak_MakesNoLineOfItsOwn()
    {
        await SendAsync("POST /api/classes/a%0Aada%20(admin)/pause", OperatorKey, null, $"{RemoteAddress}: 10.2.3.4");

        Assert.Contains("olga (operator) from 10.2.3.4: pause, class aada (admin), job -: Refused, error unknown-job-class.", _lines);
    }

    [Fact]
    public async Task WrongKey_IsALineOfTheLog()
    {
        await SendAsync("GET /api/classes", ApiKey.New("val"), null, $"{RemoteAddress}: 10.2.3.4");
        await SendAsync("GET /api/classes", ApiKey.New("nobody"), null, $"{RemoteAddress}: 10.2.3.5");

        Assert.Contains("Refused a key from 10.2.3.4: val, GET /api/classes.", _lines);
        Assert.Contains("Refused a key from 10.2.3.5: of no known name, GET /api/classes.", _lines);
    }

    [Fact]
    public async Task Act_ThatARoleForbids_IsALineOfTheLog()
    {
        await SendAsync("POST /api/classes/email/pause", ViewerKey, null, $"{RemoteAddress}: 10.2.3.4");

        Assert.Contains("val (viewer) from 10.2.3.4: pause, class email, job -: Refused, error forbidden.", _lines);
    }

    [Fact]
    public async Task Read_ThatIsRefused_SaysWhoAndWhichPathInTheLog()
    {
        await SendAsync("GET /api/audit", ViewerKey, null, $"{RemoteAddress}: 10.2.3.4");

        Assert.Contains("Refused GET /api/audit of val (viewer) from 10.2.3.4: forbidden.", _lines);
    }

    [Fact]
    public async Task Path_WithALineBreak_MakesNoLineOfItsOwn()
    {
        await SendAsync("GET /api/classes/a%0Aada", ApiKey.New("val"), null, $"{RemoteAddress}: 10.2.3.4");

        Assert.Contains("Refused a key from 10.2.3.4: val, GET /api/classes/a%0Aada.", _lines);
    }

    [Fact]
    public async Task Failure_SaysWhoAndWhichPathInTheLog()
    {
        Grid.FailWith(new InvalidOperationException("broken"));
        await SendAsync("GET /api/classes", ViewerKey);
        Grid.FailWith(new GridUnavailableException("10.9.8.7 does not answer."));
        await SendAsync("GET /api/classes", ViewerKey);

        Assert.Contains("GET /api/classes of val failed.", _lines);
        Assert.Contains("GET /api/classes of val was not answered: 10.9.8.7 does not answer.", _lines);
    }

    [Fact]
    public async Task Key_IsInNoLineOfTheLog()
    {
        var wrong = ApiKey.New("val");
        foreach (var key in new[] { AdminKey, wrong, ViewerKey })
        {
            await SendAsync("GET /api/classes", key);
            await SendAsync("PATCH /api/classes/email", key, "{}");
            await SendAsync("POST /api/signin", null, $$"""{"key":"{{key}}"}""");
        }

        Assert.NotEmpty(_lines);
        Assert.DoesNotContain(_lines, line => new[] { AdminKey, wrong, ViewerKey }.Any(key => line.Contains(key[^43..], StringComparison.Ordinal)));
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
