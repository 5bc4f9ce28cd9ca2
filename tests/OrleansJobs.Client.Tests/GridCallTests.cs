using Orleans.Runtime;
using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Tests;

public sealed class GridCallTests
{
    public static TheoryData<Exception> Unavailable => new(
        new OrleansException("rejected"),
        new SiloUnavailableException("no silo"),
        new TimeoutException("no answer"),
        new ObjectDisposedException("client"));

    [Theory]
    [MemberData(nameof(Unavailable), DisableDiscoveryEnumeration = true)]
    public async Task Run_WhenTheClusterDoesNotAnswer_SaysThatTheGridIsUnavailable(Exception thrown)
    {
        var error = await Assert.ThrowsAsync<GridUnavailableException>(() => GridCall.RunAsync(Task.FromException<int>(thrown), default));

        Assert.Same(thrown, error.InnerException);
        Assert.Contains(thrown.Message, error.Message);
    }

    [Fact]
    public async Task Run_LetsOtherErrorsThrough() =>
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => GridCall.RunAsync(Task.FromException<int>(new InvalidRequestException("no")), default));

    [Fact]
    public async Task Run_WhoseTokenFires_StopsWaiting()
    {
        using var stop = new CancellationTokenSource();
        var call = GridCall.RunAsync(new TaskCompletionSource<int>().Task, stop.Token);
        Assert.False(call.IsCompleted);

        await stop.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Value_IsTheReplysValue() =>
        Assert.Equal(42, await GridCall.ValueAsync(Task.FromResult(Reply<int>.Of(42)), default));

    [Fact]
    public async Task Value_OfAnErrorReply_ThrowsTheError()
    {
        var reply = Reply<int>.Failed(new UnknownJobClassException("email"));

        var error = await Assert.ThrowsAsync<UnknownJobClassException>(() => GridCall.ValueAsync(Task.FromResult(reply), default));

        Assert.Equal("email", error.JobClass);
    }
}
