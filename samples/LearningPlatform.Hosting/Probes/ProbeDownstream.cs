namespace LearningPlatform.Hosting.Probes;

/// <summary>Something that all probes of the process call, and that serves one at a time.</summary>
internal sealed class ProbeDownstream(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Waits for its turn, and has it for so long.</summary>
    public async Task CallAsync(TimeSpan service, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await Task.Delay(service, time, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
