using Orleans.Concurrency;

namespace OrleansJobs.Grains.Jobs;

/// <summary>Runs a grain call for a worker; whatever fails on the way is 'no answer', which is safe to repeat.</summary>
internal static class PortCall
{
    public static async Task<T> RunAsync<T>(Task<Immutable<T>> call)
    {
        try
        {
            return (await call).Value;
        }
        catch (Exception exception) when (exception is not GridUnavailableException and not OperationCanceledException)
        {
            throw new GridUnavailableException(exception.Message, exception);
        }
    }
}
