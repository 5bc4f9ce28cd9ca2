using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>The mutations. A snippet that no longer occurs in the core is an error: it has to follow the source.</summary>
internal static class AllMutations
{
    public static IReadOnlyList<Mutation> List { get; } =
    [
        new CoreMutation(
            "ack without token check",
            "Lifecycle/LeaseDecisions.cs", "command.LeaseToken != record.LeaseToken || command.LeaseToken == 0", "command.LeaseToken == 0"),
        new CoreMutation(
            "expiry that leaves the token",
            "Lifecycle/ExpireDecision.cs", "LeaseToken = record.LeaseToken + 1,", "LeaseToken = record.LeaseToken,"),
        new CoreMutation(
            "expiry that ends a job one attempt late",
            "Lifecycle/ExpireDecision.cs", "next.Attempt >= next.MaxAttempts", "next.Attempt > next.MaxAttempts"),
        new CoreMutation(
            "attempt not counted at start",
            "Lifecycle/StartDecision.cs", "Attempt = record.Attempt + 1,", "Attempt = record.Attempt,"),
        new CoreMutation(
            "start before the due time",
            "Lifecycle/StartDecision.cs", "return record.DueAt > now", "return record.DueAt > now.AddMinutes(1)"),
        new CoreMutation(
            "retry that forgets backoff",
            "Lifecycle/LeaseDecisions.cs", "DueAt = StoredTime.RoundUp(now + delay), LastBackoff", "DueAt = now, LastBackoff"),
        new CoreMutation(
            "backoff that grows a step early",
            "Retry/Backoff.cs", "Math.Pow(factor, failures - 1)", "Math.Pow(factor, failures)"),
        new CoreMutation(
            "snooze that costs an attempt",
            "Lifecycle/LeaseDecisions.cs",
            "GiveBack(record, AttemptOutcome.Snoozed, now)", "AttemptHistory.Add(record, AttemptOutcome.Snoozed, null, now)"),
        new CoreMutation(
            "drain that costs an attempt",
            "Lifecycle/LeaseDecisions.cs",
            "GiveBack(record, AttemptOutcome.Released, now)", "AttemptHistory.Add(record, AttemptOutcome.Released, null, now)"),
        new CoreMutation(
            "delete of an open job",
            "Lifecycle/UserDecisions.cs", "DecideDelete(JobRecord record) => record.State.IsTerminal()", "DecideDelete(JobRecord record) => record.Version > 0"),
        new CoreMutation(
            "cancel lost while running",
            "Dispatch/Dispatcher.Stops.cs", "if (!lease.IsRecovered && !lease.Silo", "if (lease.IsRecovered && !lease.Silo"),
        new CoreMutation(
            "token given back twice",
            "Limits/TokenBucket.cs", "Int128.Min(_units + UnitsPerToken, Capacity)", "_units + (2 * UnitsPerToken)"),
        new CoreMutation(
            "permit leaked on expiry",
            "Dispatch/Dispatcher.Expiry.cs", "End(live, again);", "if (again is null) { End(live, again); }"),
        new CoreMutation(
            "expiry that ignores a renewed lease",
            "Dispatch/Dispatcher.Exchange.cs", "_leases.Renew(lease, now + _options.LeaseTimeout);", ""),
        new CoreMutation(
            "dispatcher rebuild that forgets running leases",
            "Dispatch/Dispatcher.Rebuild.cs", "if (_leases.Contains(id))", "if (id.Value != Guid.Empty)"),
        new CoreMutation(
            "DRR that resets its deficit",
            "Dispatch/Backlog.cs", "tenant.Deficit -= job.Cost;", "tenant.Deficit = 0;"),
        new CoreMutation(
            "priority inverted",
            "Dispatch/DispatchOrder.cs", "x.Priority > y.Priority ? -1 : 1", "x.Priority < y.Priority ? -1 : 1"),
        new CoreMutation(
            "window that overflows",
            "Dispatch/Backlog.cs", "if (_index.Due > _options.MaxWindow)\n        {\n            Fit(tenant);", "if (_index.Due < 0)\n        {\n            Fit(tenant);"),
        new CoreMutation(
            "count in memory not taken down",
            "Dispatch/WaitingIndex.cs", "Count(entry.Job, entry.Tenant, -1);", "Count(entry.Job, entry.Tenant, 0);"),
        new CoreMutation(
            "tenant cap forgotten on release",
            "Dispatch/Backlog.cs", "tenant.Running--;", "tenant.Running = 0;"),
        new CoreMutation(
            "cluster limit off by one",
            "Limits/ConcurrencyLimit.cs", "Max == 0 || running < Max", "Max == 0 || running <= Max"),
        new CoreMutation(
            "token bucket that refills beyond its burst",
            "Limits/TokenBucket.cs", "Int128.Min(_units + ((Int128)elapsed * _rate.Permits), Capacity)", "_units + ((Int128)elapsed * _rate.Permits)"),
        new ProtocolMutation("start written after the handler", new() { StartsAfterTheHandler = true }),
        new ProtocolMutation("notices lost and no reconcile", new() { LosesNoticesAndNeverReconciles = true }),
        new ProtocolMutation("unclear write taken as success", new() { TakesUnclearWritesForDone = true }),
        new ProtocolMutation("stale record of a second activation written", new() { WritesWithoutVersion = true }),
        new ProtocolMutation("count in the store not taken down", new() { NeverCountsDown = true }),
        new ProtocolMutation("submit answered before it is stored", new() { AnswersBeforeTheStore = true }),
        new ProtocolMutation("one pool for all classes", new() { SharesOnePool = true }),
        new ProtocolMutation("no fence when a lease cannot be renewed", new() { HasNoFence = true }),
        new ProtocolMutation("dispatcher's life below the one before", new() { CountsLivesDown = true }),
        new CoreMutation(
            "slow rate used before it is stored",
            "Limits/LastingRate.cs", "mark.EmptyAt >= _bucket.EmptyAt(now) + OfToken(_bucket.Rate)", "mark.EmptyAt != default"),
        new ProtocolMutation("handler that begins under an old lease", new() { BeginsUnderOldLeases = true }),
        new ProtocolMutation("lease that a later dispatcher was not told of", new() { BeginsUntoldLeases = true, TakesAnswersGivenUp = true })
        {
            FirstSeed = ScenarioMaker.RestlessSeeds,
        },
        new ProtocolMutation("handler without a lease concealed", new() { ConcealsOverstays = true }),
        new CoreMutation(
            "handler without a lease forgotten in the cap",
            "Dispatch/Dispatcher.Grants.cs", "_classCap.Allows(InUse)", "_classCap.Allows(_leases.Count)"),
        new ProtocolMutation("dispatcher that grants to silos dead before its time", new() { GrantsToTheDead = true }),
        new ProtocolMutation("unique key not looked at", new() { IgnoresUniqueKeys = true }),
        new ProtocolMutation("dispatcher that does not hear of dead silos", new() { IgnoresMembership = true }),
        new CoreMutation(
            "loss among others that convicts",
            "Lifecycle/ExpireDecision.cs", "record.RunsAlone && expire.SiloIsDead", "next.SiloLosses >= JobLimits.AloneSiloLosses && expire.SiloIsDead"),
        new CoreMutation(
            "loss alone that does not convict",
            "Lifecycle/ExpireDecision.cs", "record.RunsAlone && expire.SiloIsDead", "record.RunsAlone && next.SiloLosses < 0"),
        new CoreMutation(
            "suspect that never has to run alone",
            "Lifecycle/Suspects.cs", ">= JobLimits.AloneSiloLosses => Suspicion.Strong,", ">= int.MaxValue => Suspicion.Strong,"),
        new CoreMutation(
            "gate that does not wait for the silo to be empty",
            "Quarantine/SiloGate.cs", "_waiting.Count > 0 && _inside == _waiting.Count", "_waiting.Count > 0 && _inside >= _waiting.Count"),
        new CoreMutation(
            "suspect that is put off for ever",
            "Quarantine/SiloGate.cs", "_draining || now < _openUntil || _waiting.Count >= MaxWaiting", "_draining || now >= _openUntil || _waiting.Count >= MaxWaiting"),
        new ProtocolMutation("others start beside one that runs alone", new() { IgnoresTheGate = true }),
        new ProtocolMutation("others run beside before that is stored", new() { JoinsBeforeTheStore = true }),
    ];
}
