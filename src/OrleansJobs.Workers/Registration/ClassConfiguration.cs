using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Registration;

/// <summary>Overrides the options of classes by a configuration.</summary>
internal static class ClassConfiguration
{
    private delegate void Setter(JobClassOptions options, IConfigurationSection section, ConfigurationFaults read);

    private delegate T Change<T>(T value, IConfigurationSection section, ConfigurationFaults read);

    private static readonly Dictionary<string, Setter> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(JobClassOptions.MaxLocalWorkers)] = (o, s, read) => o.MaxLocalWorkers = read.Int(s, o.MaxLocalWorkers),
        [nameof(JobClassOptions.MaxLocalWorkersCeiling)] = (o, s, read) => o.MaxLocalWorkersCeiling = read.Int(s, o.MaxLocalWorkersCeiling),
        [nameof(JobClassOptions.MaxConcurrentJobs)] = (o, s, read) => o.MaxConcurrentJobs = read.Int(s, o.MaxConcurrentJobs),
        [nameof(JobClassOptions.MaxConcurrentJobsPerTenant)] = (o, s, read) =>
            o.MaxConcurrentJobsPerTenant = read.Int(s, o.MaxConcurrentJobsPerTenant),
        [nameof(JobClassOptions.Rate)] = (o, s, read) => o.Rate = ReadRate(o.Rate, s, read),
        [nameof(JobClassOptions.Retry)] = (o, s, read) => o.Retry = ReadRetry(o.Retry, s, read),
        [nameof(JobClassOptions.Timeout)] = (o, s, read) => o.Timeout = read.Duration(s, o.Timeout),
        [nameof(JobClassOptions.HeartbeatTimeout)] = (o, s, read) => o.HeartbeatTimeout = ReadHeartbeat(s, read),
        [nameof(JobClassOptions.Retention)] = (o, s, read) => o.Retention = read.Duration(s, o.Retention),
        [nameof(JobClassOptions.TenantWeights)] = ReadWeights,
        [nameof(JobClassOptions.Paused)] = (o, s, read) => o.Paused = read.Bool(s, o.Paused),
    };

    private static readonly Dictionary<string, Change<RetryPolicy>> RetryKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(RetryPolicy.MaxAttempts)] = (r, s, read) => r with { MaxAttempts = read.Int(s, r.MaxAttempts) },
        [nameof(RetryPolicy.FirstDelay)] = (r, s, read) => r with { FirstDelay = read.Duration(s, r.FirstDelay) },
        [nameof(RetryPolicy.Factor)] = (r, s, read) => r with { Factor = read.Double(s, r.Factor) },
        [nameof(RetryPolicy.MaxDelay)] = (r, s, read) => r with { MaxDelay = read.Duration(s, r.MaxDelay) },
        [nameof(RetryPolicy.Jitter)] = (r, s, read) => r with { Jitter = read.Enum(s, r.Jitter) },
        [nameof(RetryPolicy.Schedule)] = (r, s, read) => r with { Schedule = read.Durations(s, r.Schedule) },
    };

    private static readonly Dictionary<string, Change<Rate>> RateKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Rate.Permits)] = (r, s, read) => r with { Permits = read.Int(s, r.Permits) },
        [nameof(Rate.Period)] = (r, s, read) => r with { Period = read.Duration(s, r.Period) },
        [nameof(Rate.Burst)] = (r, s, read) => r with { Burst = read.Int(s, r.Burst) },
    };

    public static void Apply(IConfiguration classes, Dictionary<string, RegisteredClass> known, List<string> faults)
    {
        var read = new ConfigurationFaults(faults);
        foreach (var section in classes.GetChildren())
        {
            // Keys of configurations do not tell upper from lower case, so neither do class names here.
            var name = known.ContainsKey(section.Key)
                ? section.Key
                : known.Keys.FirstOrDefault(name => name.Equals(section.Key, StringComparison.OrdinalIgnoreCase));
            if (name is null)
            {
                read.Unknown(section, known.Keys, "a job class of this host");
                continue;
            }

            if (section.Value is { Length: > 0 } value)
            {
                read.Add($"{section.Path} is '{value}'; it has to be a section with options of the class.");
            }

            Apply(section, known[name].Options, read);
        }
    }

    private static void Apply(IConfigurationSection jobClass, JobClassOptions options, ConfigurationFaults read)
    {
        foreach (var section in jobClass.GetChildren())
        {
            if (Keys.TryGetValue(section.Key, out var set))
            {
                set(options, section, read);
            }
            else
            {
                read.Unknown(section, Keys.Keys);
            }
        }
    }

    private static Rate ReadRate(Rate rate, IConfigurationSection section, ConfigurationFaults read)
    {
        if (!section.GetChildren().Any())
        {
            return read.Rate(section, rate);
        }

        // A rate that is spelt out is a new one, except for what it leaves out of a rate in force.
        var start = rate.IsUnlimited ? new Rate(0, TimeSpan.FromSeconds(1), 0) : rate;
        var given = Fold(section, start, RateKeys, read);
        return section.GetSection(nameof(Rate.Burst)).Value is null && given.Permits > 0 && given.Period > TimeSpan.Zero
            ? Rate.Per(given.Period, given.Permits)
            : given;
    }

    private static RetryPolicy ReadRetry(RetryPolicy retry, IConfigurationSection section, ConfigurationFaults read)
    {
        if (section.Value is { Length: > 0 } value)
        {
            read.Add($"{section.Path} is '{value}'; it has to be a section with {string.Join(", ", RetryKeys.Keys)}.");
        }

        return Fold(section, retry, RetryKeys, read);
    }

    private static TimeSpan? ReadHeartbeat(IConfigurationSection section, ConfigurationFaults read) =>
        "none".Equals(section.Value, StringComparison.OrdinalIgnoreCase) ? null : read.Duration(section, TimeSpan.FromSeconds(1));

    private static void ReadWeights(JobClassOptions options, IConfigurationSection section, ConfigurationFaults read)
    {
        if (section.Value is { Length: > 0 } value)
        {
            read.Add($"{section.Path} is '{value}'; it has to be a section with a weight for each tenant.");
        }

        foreach (var tenant in section.GetChildren())
        {
            options.TenantWeights[tenant.Key] = read.Int(tenant, 1);
        }
    }

    private static T Fold<T>(IConfigurationSection parent, T start, Dictionary<string, Change<T>> keys, ConfigurationFaults read)
    {
        var value = start;
        foreach (var section in parent.GetChildren())
        {
            if (keys.TryGetValue(section.Key, out var change))
            {
                value = change(value, section, read);
            }
            else
            {
                read.Unknown(section, keys.Keys);
            }
        }

        return value;
    }
}
