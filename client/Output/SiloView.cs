using System.Globalization;

namespace OrleansJobs.Cli.Output;

/// <summary>Shows silos to people.</summary>
internal static class SiloView
{
    private const double Mebibyte = 1_048_576;
    private static readonly string[] Columns = ["SILO", "VERSION", "RUNNING", "PERMITS", "CPU", "MEMORY", "STARTED", "DRAINING", "WITHOUT LEASE", "DISPATCHERS"];

    public static void ShowAll(Screen screen, IReadOnlyList<SiloOverview> silos) => screen.Table(
        Columns,
        [
            .. silos.Select(silo => (IReadOnlyList<Cell>)
            [
                silo.Silo, silo.Version ?? "", silo.Pools.Sum(pool => pool.Running), silo.Pools.Sum(pool => pool.Permits),
                Text($"{silo.CpuFraction * 100:0} % of {silo.Processors}"), Text($"{silo.WorkingSetBytes / Mebibyte:0} MiB"),
                JobView.Time(silo.StartedAt), silo.Draining ? new Cell("yes", "yellow") : "no",
                ClassView.WithoutLease(silo.Pools.Sum(pool => pool.Overstaying)), string.Join(", ", silo.Dispatchers),
            ]),
        ]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
