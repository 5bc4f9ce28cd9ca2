using System.Runtime.InteropServices;
using OrleansJobs.Cli;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The first signal ends the command in good order; a second one ends the process.
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await JobsCli.RunAsync(args, CliIo.OfProcess(), stop.Token);
