using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Workers.Tests.Quarantine;

/// <summary>Waits for the gate's turns.</summary>
internal static class GateSignals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task WhenClosedAsync(this ProcessGate gate) => WhenAsync(gate, closed: true);

    public static Task WhenOpenAsync(this ProcessGate gate) => WhenAsync(gate, closed: false);

    private static async Task WhenAsync(ProcessGate gate, bool closed)
    {
        var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.OnTurn(Look);
        Look();
        await turned.Task.WaitAsync(Patience);

        void Look()
        {
            if (gate.IsClosed == closed)
            {
                turned.TrySetResult();
            }
        }
    }
}
