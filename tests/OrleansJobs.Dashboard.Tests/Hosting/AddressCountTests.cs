using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Hosting;
using OrleansJobs.Testing;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>Who has how many connections, by fakes.</summary>
public sealed class AddressCountTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.7"), There = IPAddress.Parse("203.0.113.8");

    [Fact]
    public async Task Connection_TooManyFromAnAddress_IsClosed_AndTheNextOneIsAccepted()
    {
        var (listener, lines) = (new FakeListener(), new Lines());
        var counting = new CountingListener(listener, new AddressCounts(2, _ => false), new RefusedConnections(new WatchedTimeProvider(), lines));
        var refused = new FakeConnection(Here);
        listener.Add(new FakeConnection(Here), new FakeConnection(Here), refused, new FakeConnection(There), new FakeConnection(null));

        Assert.Equal(
            [Here, Here, There, null],
            new[] { await counting.AcceptAsync(), await counting.AcceptAsync(), await counting.AcceptAsync(), await counting.AcceptAsync() }.Select(AddressOf));
        Assert.Null(await counting.AcceptAsync());
        Assert.True(refused is { IsAborted: true, IsDisposed: true });
        Assert.Equal("Closed a connection from 203.0.113.7, which has as many as one address may have: 2 (JobGrid:Http:MaxConnectionsPerAddress). Since the last such line 0 others were closed.", Assert.Single(lines));
    }

    [Fact]
    public async Task Place_IsGivenBackOnce_WhenTheServerIsDoneWithTheConnection()
    {
        var listener = new FakeListener();
        var counts = new AddressCounts(2, _ => false);
        var counting = new CountingListener(listener, counts, new RefusedConnections(new WatchedTimeProvider(), new Lines()));
        listener.Add(new FakeConnection(Here), new FakeConnection(Here), new FakeConnection(Here), new FakeConnection(Here), new FakeConnection(There));
        var first = await counting.AcceptAsync();
        var second = await counting.AcceptAsync();

        await first!.DisposeAsync();
        await first.DisposeAsync();

        Assert.Equal([Here, There], new[] { await counting.AcceptAsync(), await counting.AcceptAsync() }.Select(AddressOf));
        await second!.DisposeAsync();
        Assert.Equal(2, counts.Count);
    }

    [Fact]
    public void Addresses_WithoutConnections_AreForgotten()
    {
        var counts = new AddressCounts(10, _ => false);
        for (var n = 0; n < 1_000; n++)
        {
            Assert.True(counts.TryEnter(IPAddress.Parse($"10.0.{n / 250}.{n % 250}"), out var place));
            counts.Leave(place!);
        }

        Assert.Equal(0, counts.Count);
    }

    /// <summary>Whoever has one address of IPv6 has 2^64.</summary>
    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:2", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", false)]
    [InlineData("203.0.113.7", "203.0.113.8", true)]
    public void Address_IsCountedByItsNetwork(string first, string second, bool isLetIn)
    {
        var counts = new AddressCounts(1, _ => false);

        Assert.True(counts.TryEnter(IPAddress.Parse(first), out _));
        Assert.Equal(isLetIn, counts.TryEnter(IPAddress.Parse(second), out _));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.3.2.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.2.3", false)]
    [InlineData("203.0.113.7", false)]
    public void ThisMachineAndTrustedProxies_MayHaveAnyNumber(string from, bool isExempt)
    {
        var counts = CountsOf("--JobGrid:Http:MaxConnectionsPerAddress=10", "--JobGrid:Http:TrustedProxies=10.1.0.0/16");

        var open = Enumerable.Range(0, 100).Count(number => counts.TryEnter(IPAddress.Parse(from), out _));

        Assert.Equal(isExempt ? 100 : 10, open);
    }

    [Theory]
    [InlineData(ConnectionLimits.DefaultPerAddress)]
    [InlineData(50, "--JobGrid:Http:MaxConnections=100")]
    [InlineData(70, "--JobGrid:Http:MaxConnectionsPerAddress=70")]
    [InlineData(null, "--urls=http://127.0.0.1:81")]
    [InlineData(70, "--urls=http://127.0.0.1:81", "--JobGrid:Http:MaxConnectionsPerAddress=70")]
    public void Limit_WhenNothingIsSaid_IsThatOfHostsOfTheGrid(int? limit, params string[] arguments) => Assert.Equal(limit, CountsOf(arguments).Limit);

    [Fact]
    public void Log_HasALineAMinute_AndSaysHowManyItLeftOut()
    {
        var (time, lines) = (new WatchedTimeProvider(), new Lines());
        var refused = new RefusedConnections(time, lines);
        for (var n = 0; n < 500; n++)
        {
            refused.Add(Here, 250);
        }

        Assert.Single(lines);
        time.Advance(RefusedConnections.LogPeriod - TimeSpan.FromTicks(1));
        refused.Add(Here, 250);
        Assert.Single(lines);
        time.Advance(TimeSpan.FromTicks(1));
        refused.Add(There, 250);

        Assert.Equal(2, lines.Count);
        Assert.Contains("from 203.0.113.8,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Since the last such line 500 others were closed.", lines[1], StringComparison.Ordinal);
    }

    /// <summary>What a log throws must not end the server's accepting.</summary>
    [Fact]
    public async Task Log_ThatThrows_LeavesTheServerAccepting()
    {
        var listener = new FakeListener();
        var counting = new CountingListener(listener, new AddressCounts(1, _ => false), new RefusedConnections(new WatchedTimeProvider(), new Lines { Fails = true }));
        listener.Add(new FakeConnection(Here), new FakeConnection(Here), new FakeConnection(There));

        Assert.Equal([Here, There], new[] { await counting.AcceptAsync(), await counting.AcceptAsync() }.Select(AddressOf));
    }

    private static IPAddress? AddressOf(ConnectionContext? connection) => (connection!.RemoteEndPoint as IPEndPoint)?.Address;

    private static AddressCounts CountsOf(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Services.AddOrleansJobsApi();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<AddressCounts>();
    }

    private sealed class FakeListener : IConnectionListener
    {
        private readonly Queue<ConnectionContext> _connections = [];

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

        public void Add(params ConnectionContext[] connections) => connections.ToList().ForEach(_connections.Enqueue);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(_connections.TryDequeue(out var connection) ? connection : null);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FakeConnection : DefaultConnectionContext
    {
        public FakeConnection(IPAddress? from) => RemoteEndPoint = from is null ? null : new IPEndPoint(from, 1);

        public bool IsAborted { get; private set; }

        public bool IsDisposed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }
    }

    private sealed class Lines : List<string>, ILogger<RefusedConnections>
    {
        public bool Fails { get; init; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Fails)
            {
                throw new InvalidOperationException("No room.");
            }

            Assert.Equal(LogLevel.Warning, logLevel);
            Add(formatter(state, exception));
        }
    }
}
