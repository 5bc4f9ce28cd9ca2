using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Registration;

/// <summary>Overrides the options of the workers by a configuration.</summary>
internal static class WorkerConfiguration
{
    private static readonly Dictionary<string, (Func<WorkerOptions, TimeSpan> Get, Func<WorkerOptions, TimeSpan, WorkerOptions> Set)> Keys =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(WorkerOptions.LeaseTimeout)] = (o => o.LeaseTimeout, (o, value) => o with { LeaseTimeout = value }),
            [nameof(WorkerOptions.StartTimeout)] = (o => o.StartTimeout, (o, value) => o with { StartTimeout = value }),
            [nameof(WorkerOptions.RenewPeriod)] = (o => o.RenewPeriod, (o, value) => o with { RenewPeriod = value }),
            [nameof(WorkerOptions.ExchangeTimeout)] = (o => o.ExchangeTimeout, (o, value) => o with { ExchangeTimeout = value }),
            [nameof(WorkerOptions.FenceMargin)] = (o => o.FenceMargin, (o, value) => o with { FenceMargin = value }),
            [nameof(WorkerOptions.DrainTimeout)] = (o => o.DrainTimeout, (o, value) => o with { DrainTimeout = value }),
            [nameof(WorkerOptions.DrainGracePeriod)] = (o => o.DrainGracePeriod, (o, value) => o with { DrainGracePeriod = value }),
            [nameof(WorkerOptions.ReleaseTimeout)] = (o => o.ReleaseTimeout, (o, value) => o with { ReleaseTimeout = value }),
            [nameof(WorkerOptions.UnresponsiveHandlerGracePeriod)] =
                (o => o.UnresponsiveHandlerGracePeriod, (o, value) => o with { UnresponsiveHandlerGracePeriod = value }),
            [nameof(WorkerOptions.ReportPeriod)] = (o => o.ReportPeriod, (o, value) => o with { ReportPeriod = value }),
            [nameof(WorkerOptions.JobLogPeriod)] = (o => o.JobLogPeriod, (o, value) => o with { JobLogPeriod = value }),
            [nameof(WorkerOptions.UnknownClassRetention)] = (o => o.UnknownClassRetention, (o, value) => o with { UnknownClassRetention = value }),
        };

    public static WorkerOptions Apply(IConfiguration workers, WorkerOptions options, List<string> faults)
    {
        var read = new ConfigurationFaults(faults);
        foreach (var section in workers.GetChildren())
        {
            if (Keys.TryGetValue(section.Key, out var key))
            {
                options = key.Set(options, read.Duration(section, key.Get(options)));
            }
            else if (section.Key.Equals(nameof(WorkerOptions.JobLogLevel), StringComparison.OrdinalIgnoreCase))
            {
                options = options with { JobLogLevel = read.Enum(section, options.JobLogLevel) };
            }
            else
            {
                read.Unknown(section, Keys.Keys.Append(nameof(WorkerOptions.JobLogLevel)));
            }
        }

        return options;
    }
}
