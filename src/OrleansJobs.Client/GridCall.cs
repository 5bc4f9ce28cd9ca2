using Orleans.Runtime;
using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client;

/// <summary>Runs a grain call and turns what Orleans throws when the cluster does not answer into the grid's own error.</summary>
internal static class GridCall
{
    public static async Task<T> ValueAsync<T>(Task<Reply<T>> call, CancellationToken cancellationToken) =>
        (await RunAsync(call, cancellationToken)).ValueOrThrow();

    public static async Task<T> RunAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectDisposedException)
        {
            throw new GridUnavailableException($"The grid does not answer: {exception.Message}", exception);
        }
    }
}
