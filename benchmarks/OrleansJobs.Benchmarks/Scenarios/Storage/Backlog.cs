using System.Diagnostics;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Storage;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>
/// Dispatch from a backlog of a given length in one class with 10,000 tenants. Each run is a new life of a dispatcher on the same filled store and
/// counts leases a second, each read, started and acked, from the first lease to the last ack; what a run takes is filled up before
/// the next. Prints the memory that the dispatcher holds, and how far tenants are from their shares.
/// </summary>
internal sealed class Backlog(int length, int maxTenants)
{
    private const int WarmUpPart = 4;
    private int _taken;

    /// <summary>Leases a second. A backlog that is shorter than that many leases is filled up and worked off several times.</summary>
    public async Task<double> RunAsync(IJobStore store, int leases)
    {
        var (done, seconds) = (0, 0.0);
        while (done < leases)
        {
            var count = Math.Min(leases - done, length * WarmUpPart / (WarmUpPart + 1));
            seconds += await RunLifeAsync(store, count);
            done += count;
        }

        return done / seconds;
    }

    private async Task<double> RunLifeAsync(IJobStore store, int count)
    {
        await BacklogFill.FillAsync(store, _taken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (core, seconds, shares) = await DispatchAsync(store, count);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(
            $"  {length,9:N0} open jobs: dispatcher {held / 1e6,5:0.0} MB with {core.WaitingInMemory:N0} jobs of {core.GetStatus().WaitingTenants:N0} tenants; {shares}");
        _taken = count + (count / WarmUpPart);
        return seconds;
    }

    private async Task<(Dispatcher Core, double Seconds, string Shares)> DispatchAsync(IJobStore store, int leases)
    {
        var dispatch = new BacklogDispatch(store, new DispatcherOptions { MaxTenants = maxTenants });
        var rebuild = Stopwatch.StartNew();
        await dispatch.RebuildAsync();
        Console.WriteLine($"  {length,9:N0} open jobs: rebuilt in {rebuild.Elapsed.TotalSeconds:0.0} s");
        await dispatch.RunAsync(leases / WarmUpPart);
        var watch = Stopwatch.StartNew();
        await dispatch.RunAsync(leases);
        return (dispatch.Core, watch.Elapsed.TotalSeconds, Shares(dispatch.Started));
    }

    /// <summary>Starts for each unit of weight: a tenant may be a round ahead of another one.</summary>
    private static string Shares(Dictionary<string, int> started)
    {
        var mean = started.Values.Sum() / (double)Enumerable.Range(0, BacklogFill.Tenants).Sum(tenant => tenant % 10 == 0 ? 3 : 1);
        var units = started.Select(entry => entry.Value / (double)BacklogFill.Settings.WeightOf(entry.Key)).ToArray();
        var least = started.Count < BacklogFill.Tenants ? 0 : units.Min();
        return $"starts for each unit of weight: mean {mean:0.00}, least {least:0.00}, most {units.Max():0.00}";
    }
}
