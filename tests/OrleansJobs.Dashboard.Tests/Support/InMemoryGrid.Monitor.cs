namespace OrleansJobs.Dashboard.Tests.Support;

/// <content>What operators see: what the tests put in.</content>
internal sealed partial class InMemoryGrid
{
    private readonly HashSet<string> _draining = new(StringComparer.Ordinal);

    public ClassVerdict Verdict { get; set; } = new(VerdictKind.PoolLimited, "All 4 slots are taken; 7 jobs wait.")
    {
        Evidence = ["4 of 4 slots are taken."],
        DrainTime = TimeSpan.FromSeconds(90),
        GainOfOneMorePermit = 0.5,
    };

    public List<TenantUse> Tenants { get; } = [];

    public List<ErrorGroup> Errors { get; } = [];

    public List<GrainActivity> Grains { get; } = [];

    public async Task<IReadOnlyList<ClassOverview>> GetOverviewAsync(CancellationToken cancellationToken = default) =>
        [.. (await GetClassesAsync(cancellationToken)).Select(Overview)];

    public async Task<ClassOverview> GetOverviewAsync(string jobClass, CancellationToken cancellationToken = default) =>
        Overview(await GetClassAsync(jobClass, cancellationToken));

    public async Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass, CancellationToken cancellationToken = default)
    {
        await GetClassAsync(jobClass, cancellationToken);
        return Tenants;
    }

    public async Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass, CancellationToken cancellationToken = default)
    {
        await GetClassAsync(jobClass, cancellationToken);
        return Errors;
    }

    public Task<IReadOnlyList<SiloOverview>> GetSilosAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            return Task.FromResult<IReadOnlyList<SiloOverview>>([Silo("silo-1"), Silo("127.0.0.1:11111@7")]);
        }
    }

    public Task DrainSiloAsync(string silo, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            if (silo is not ("silo-1" or "127.0.0.1:11111@7"))
            {
                throw new InvalidRequestException($"No silo '{silo}' is up.");
            }

            _draining.Add(silo);
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<GrainActivity>> GetGrainsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<GrainActivity>>(Grains);

    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<JobLogLine>>([]);

    private SiloOverview Silo(string name) => new()
    {
        Silo = name,
        Version = "1.2.3",
        Processors = 4,
        CpuFraction = 0.25,
        WorkingSetBytes = 64 << 20,
        Draining = _draining.Contains(name),
        Pools = [new SiloPool("email", 4, 16, 1)],
        Running = [new RunningJob(JobId.Parse("0190a000-0000-7000-8000-000000000001"), "email", "acme", 2, Now)],
    };

    private ClassOverview Overview(JobClassStatus status)
    {
        var none = new LatencySummary(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        return new ClassOverview(status, new JobClassHistory
        {
            JobClass = status.JobClass,
            Period = TimeSpan.FromSeconds(5),
            Points = [new HistoryPoint { At = Now, Arrived = 3, MeanWait = TimeSpan.FromSeconds(2) }],
            Wait = none,
            Run = none,
            Verdict = Verdict,
        });
    }
}
