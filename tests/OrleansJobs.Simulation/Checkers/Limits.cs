using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// I3: no class runs more jobs than its limits. What is counted are handlers that run, each against the limits in force when it was
/// granted.
/// </summary>
internal sealed class Limits : IChecker
{
    private static readonly TimeSpan OnTheWay = Engine.Times.LeaseTimeout;

    public string Name => nameof(Limits);

    public string Invariant => "I3: no class runs more jobs than its limits: permits per silo, jobs per cluster, per tenant, rate.";

    public IEnumerable<Violation> Check(Run run) => run.Scenario.Classes.SelectMany(plan =>
    {
        var events = run.History.Where(happened => happened is SiloEvent || happened.Class == plan.Name).ToList();
        return (IEnumerable<Violation>)[.. Pools(events, plan.Name), .. Caps(events, plan.Name), .. Rates(events, plan.Name)];
    });

    /// <summary>
    /// Handlers on a silo, those that overstay too, against the slots of its pool since the lease was given: what is leased when they become fewer still runs.
    /// </summary>
    private static IEnumerable<Violation> Pools(List<HistoryEvent> events, string jobClass)
    {
        var slots = new Dictionary<string, List<(DateTimeOffset At, int Slots)>>(StringComparer.Ordinal);
        var running = new Dictionary<string, int>(StringComparer.Ordinal);
        var grants = new Dictionary<(JobId, string), DateTimeOffset>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case Granted grant:
                    grants[(grant.Job, grant.To)] = grant.At - OnTheWay;
                    break;
                case PoolLimit limit:
                    if (!slots.TryGetValue(limit.Actor, out var known))
                    {
                        slots[limit.Actor] = known = [];
                    }

                    known.Add((limit.At, limit.Slots));
                    break;
                case HandlerBegan began:
                    var count = running[began.Actor] = running.GetValueOrDefault(began.Actor) + 1;
                    var history = slots.GetValueOrDefault(began.Actor) ?? [];
                    var since = grants.GetValueOrDefault((began.Job, began.Actor), began.At - OnTheWay);
                    var allowed = history.Where((limit, i) => i == history.Count - 1 || history[i + 1].At >= since).Max(limit => limit.Slots);
                    if (count > allowed)
                    {
                        yield return new Violation($"{began.Actor} runs {count} jobs of {jobClass} in {allowed} slots", began.At, began.Job, jobClass);
                    }

                    break;
                case HandlerReturned returned:
                    running[returned.Actor]--;
                    break;
            }
        }
    }

    private static IEnumerable<Violation> Caps(List<HistoryEvent> events, string jobClass)
    {
        var limits = new Dictionary<long, JobClassSettings>();
        var count = 0;
        var grants = new Dictionary<(JobId, string), Slot>();
        var running = new Dictionary<(JobId, string, long), Slot>();
        var silos = new SiloWatch();
        var lives = new LifeWatch();
        var unheard = new Dictionary<long, IReadOnlyCollection<string>>();
        foreach (var happened in events)
        {
            silos.See(happened);
            lives.See(happened);
            switch (happened)
            {
                case LimitsInForce limit:
                    limits[limit.Epoch] = limit.Settings;
                    break;
                case Unheard silent:
                    unheard[silent.Epoch] = silent.Silos;
                    break;
                case Granted grant:
                    grants[(grant.Job, grant.To)] = new Slot(++count, grant, limits.GetValueOrDefault(grant.Epoch) ?? new JobClassSettings(), null)
                    {
                        Unheard = unheard.GetValueOrDefault(grant.Epoch) ?? [],
                    };
                    break;
                case HandlerBegan began when grants.TryGetValue((began.Job, began.Actor), out var slot):
                    running[(began.Job, began.Actor, began.Token)] = slot with { Began = began };
                    if (lives.WasAlone(slot.Grant.At))
                    {
                        foreach (var violation in OverCaps(running.Values.Where(other => slot.Counts(other) && !silos.IsGone(other.Grant.To)).ToList(), slot, began))
                        {
                            yield return violation;
                        }
                    }

                    break;
                case HandlerReturned returned:
                    running.Remove((returned.Job, returned.Actor, returned.Token));
                    break;
            }
        }
    }

    private static IEnumerable<Violation> OverCaps(List<Slot> before, Slot slot, HandlerBegan began)
    {
        var settings = slot.Settings;
        if (settings.MaxConcurrentJobs > 0 && before.Count > settings.MaxConcurrentJobs)
        {
            yield return new Violation(
                $"{before.Count} jobs of {began.JobClass} run in the cluster; the limit is {settings.MaxConcurrentJobs}", began.At, began.Job, began.JobClass);
        }

        var ofTenant = before.Count(other => other.Grant.Tenant == began.Tenant);
        if (settings.MaxConcurrentJobsPerTenant > 0 && ofTenant > settings.MaxConcurrentJobsPerTenant)
        {
            yield return new Violation(
                $"{ofTenant} jobs of tenant {began.Tenant} run; the limit is {settings.MaxConcurrentJobsPerTenant}", began.At, began.Job, began.JobClass);
        }
    }

    /// <summary>A grant, the how manieth it is (many are given in one moment), what was in force then, and the handler that began under it.</summary>
    private sealed record Slot(int Number, Granted Grant, JobClassSettings Settings, HandlerBegan? Began)
    {
        /// <summary>Silos that had not said what they hold when it was granted, although the time for that was over.</summary>
        public IReadOnlyCollection<string> Unheard { get; init; } = [];

        /// <summary>
        /// Whether the dispatcher had to know of that slot when it gave this one. What an earlier life gave a silo that was not heard in time, it
        /// cannot know: that silo was frozen or cut off, and the class does not stand still for it.
        /// </summary>
        public bool Counts(Slot other) => other.Number <= Number && !(other.Grant.Epoch < Grant.Epoch && Unheard.Contains(other.Grant.To));
    }

    /// <summary>
    /// In any window the grants under which a handler began are at most the burst and what the window earns. Each grant goes by the limits of the life
    /// that gave it.
    /// </summary>
    private static IEnumerable<Violation> Rates(List<HistoryEvent> events, string jobClass)
    {
        var served = Served(events);
        var rates = new Dictionary<long, Rate>();
        var window = new RateWindow();
        var lives = new LifeWatch();
        foreach (var happened in events)
        {
            lives.See(happened);
            if (happened is LimitsInForce limits)
            {
                // What a life has saved up under one rate, it may spend under the next.
                window.Restart(unless: rates.GetValueOrDefault(limits.Epoch, limits.Settings.Rate) == limits.Settings.Rate);
                rates[limits.Epoch] = limits.Settings.Rate;
            }
            else if (happened is Granted grant && served.Contains(grant) && rates.GetValueOrDefault(grant.Epoch, Rate.Unlimited) is { IsUnlimited: false } rate)
            {
                window.Restart(unless: lives.WasAlone(grant.At));
                if (lives.WasAlone(grant.At) && window.IsOver(rate, grant))
                {
                    yield return new Violation($"{jobClass} grants faster than {rate}", grant.At, grant.Job, jobClass);
                    yield break;
                }
            }
        }
    }

    /// <summary>The grants under which a handler began; of a job that was granted to a silo twice, the last one before it began.</summary>
    private static HashSet<Granted> Served(List<HistoryEvent> events)
    {
        var latest = new Dictionary<(JobId, string), Granted>();
        var served = new HashSet<Granted>(ReferenceEqualityComparer.Instance);
        foreach (var happened in events)
        {
            if (happened is Granted grant)
            {
                latest[(grant.Job, grant.To)] = grant;
            }
            else if (happened is HandlerBegan began && latest.TryGetValue((began.Job, began.Actor), out var under))
            {
                served.Add(under);
            }
        }

        return served;
    }

    /// <summary>Before grant number n at time t: n·period − permits·t. A window is over the rate if that grew by more than the burst.</summary>
    private sealed class RateWindow
    {
        private Rate _rate = Rate.Unlimited;
        private Int128 _count;
        private Int128 _lowest;
        private long _epoch;
        private TimeSpan _tolerance;

        public void Restart(bool unless)
        {
            if (!unless)
            {
                (_count, _tolerance) = (0, TimeSpan.Zero);
            }
        }

        public bool IsOver(Rate rate, Granted grant)
        {
            Restart(unless: rate == _rate);

            // Lives on two silos go by two clocks.
            _tolerance = _count > 0 && grant.Epoch != _epoch ? 2 * Engine.Times.MaxSkew : _tolerance;
            (_rate, _epoch) = (rate, grant.Epoch);
            var level = (_count * rate.Period.Ticks) - ((Int128)grant.At.UtcTicks * rate.Permits);
            _lowest = _count == 0 || level < _lowest ? level : _lowest;
            _count++;
            return level + rate.Period.Ticks - _lowest > ((Int128)Math.Max(1, rate.Burst) * rate.Period.Ticks) + (_tolerance.Ticks * rate.Permits);
        }
    }
}
