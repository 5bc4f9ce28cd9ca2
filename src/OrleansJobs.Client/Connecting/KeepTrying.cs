namespace OrleansJobs.Client.Connecting;

/// <summary>Tries to connect again until the start's limit ends it, whatever the fault was: the database and the silos may be starting too.</summary>
internal sealed class KeepTrying(TimeProvider? time = null) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, time ?? TimeProvider.System, cancellationToken);
        return true;
    }
}
