using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>A silo's exchange that waits for orders.</summary>
internal sealed class Poll
{
    private readonly TaskCompletionSource<SiloOrders?> _orders = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers the poll; null if there is nothing to say.</summary>
    public bool Answer(SiloOrders? orders) => _orders.TrySetResult(orders);

    /// <summary>The orders; null if there were none until the time was up.</summary>
    public async Task<SiloOrders?> WaitAsync(TimeSpan waitUpTo, TimeProvider time)
    {
        if (_orders.Task.IsCompleted)
        {
            return await _orders.Task;
        }

        try
        {
            return await _orders.Task.WaitAsync(waitUpTo, time);
        }
        catch (TimeoutException)
        {
            return _orders.TrySetResult(null) ? null : await _orders.Task;
        }
    }
}
