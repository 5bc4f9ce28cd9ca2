using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage;

/// <summary>
/// Where jobs are durable. A write that was answered survives any crash. Writes of many callers are committed in groups; what goes wrong
/// with one row touches no other row. Every member throws <see cref="GridUnavailableException"/> when the database does not answer after
/// bounded retries: the write may then have happened or not, and the caller has to read again.
/// </summary>
public interface IJobStore : IAsyncDisposable
{
    /// <summary>Migrates the schema and checks that the store can be written. Idempotent; safe from several processes at once.</summary>
    /// <exception cref="StoreSetupException">The store is missing, read-only, or of a newer schema.</exception>
    Task InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims the initialised store for this process. A claim whose process is dead does not stand in the way; one that lives is never
    /// taken away by a timeout.
    /// </summary>
    /// <param name="claim">Alone or together with others.</param>
    /// <param name="cluster">Whose silos share the store; of no meaning to a claim that shares nothing.</param>
    /// <param name="cancellationToken">Gives the claim up.</param>
    /// <exception cref="StoreInUseException">Another process has a claim that excludes this one; the text names it.</exception>
    /// <exception cref="StoreSetupException">The store is where claims cannot be held.</exception>
    Task<IStoreOwnership> OwnAsync(StoreClaim claim, string cluster = "", CancellationToken cancellationToken = default);

    /// <summary>Inserts a new job, unless its id or its unique key is there already.</summary>
    Task<InsertOutcome> InsertAsync(JobRecord record);

    /// <summary>
    /// Writes what may change of a job, if the stored version is <c>next.Version - 1</c>; false if it is another or the job is gone.
    /// </summary>
    /// <param name="next">The job after the change.</param>
    /// <param name="before">The stored state before the change, for the counts.</param>
    Task<bool> UpdateAsync(JobRecord next, JobState before);

    /// <summary>The job, or null. Reads of many callers go to the database together.</summary>
    Task<JobRecord?> FindAsync(JobId id);

    /// <summary>The kept job of the class with this unique key, or null.</summary>
    Task<JobRecord?> FindByUniqueKeyAsync(string jobClass, string uniqueKey);

    /// <summary>Tenants of the class that have waiting jobs (due or not), in ordinal order, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<string>> ReadTenantsAsync(string jobClass, string? after, int limit);

    /// <summary>
    /// Waiting jobs of a tenant that are due by <paramref name="dueBy"/>, in dispatch order (priority down, due time up, id up), after
    /// <paramref name="after"/>.
    /// </summary>
    Task<IReadOnlyList<WaitingJob>> ReadWaitingAsync(
        string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit);

    /// <summary>
    /// Waiting jobs of a class, all tenants, by due time and id, due after (<paramref name="afterDue"/>, <paramref name="afterId"/>). Those that
    /// another program made due after <see cref="StoredTime.Latest"/> are only read when asked for after that time.
    /// </summary>
    Task<IReadOnlyList<WaitingJob>> ReadDueAsync(string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit);

    /// <summary>Running jobs of a class by id after <paramref name="after"/>: without payload, checkpoint, result.</summary>
    Task<IReadOnlyList<JobRecord>> ReadRunningAsync(string jobClass, JobId? after, int limit);

    /// <summary>
    /// Jobs by when they were submitted, downwards (newest first), and by id where that is the same, before <paramref name="before"/>: without payload, checkpoint, result. Looks at
    /// <see cref="ListingLimits.MaxRowsInPart"/> jobs at most and then says where to go on, whether it has found enough or not.
    /// </summary>
    /// <param name="filter">Which ones; a state means <see cref="JobRecord.EffectiveState"/> at <paramref name="now"/>.</param>
    /// <param name="before">Where to go on; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="now">The time by which due jobs count as queued.</param>
    Task<ListedRecords> ListAsync(JobFilter filter, ListPosition? before, int limit, DateTimeOffset now);

    /// <summary>
    /// The class's results queue: whole jobs that ended, by sequence after <paramref name="after"/>. A sequence becomes visible only after
    /// all lower ones of its class, so a reader that goes on from the last one it saw misses none. A job that is retried by hand leaves
    /// the queue and comes back at the end when it ends again. A page ends with the job that brings it to
    /// <see cref="JobLimits.MaxPageBytes"/>, so it may be shorter than the limit though there are more; only an empty page is the end.
    /// </summary>
    Task<IReadOnlyList<FinishedRecord>> ReadFinishedAsync(string jobClass, long after, int limit);

    /// <summary>Jobs of each class by stored state, kept in the transactions that move them.</summary>
    Task<IReadOnlyDictionary<string, JobCounts>> CountAsync();

    /// <summary>Deletes ended jobs of a class that finished before the given time; answers how many, at most <paramref name="limit"/>.</summary>
    Task<int> PruneAsync(string jobClass, DateTimeOffset finishedBefore, int limit);

    /// <summary>
    /// Deletes a job that has ended, with its tags and its log, if it is stored in this version; false if it is another, if the job is open, or if
    /// it is gone.
    /// </summary>
    Task<bool> DeleteAsync(JobId id, long version);

    /// <summary>What was changed of a class's settings at run time, or null if nothing ever was.</summary>
    Task<ClassSettingsRow?> ReadClassSettingsAsync(string jobClass);

    /// <summary>
    /// Writes a class's settings, if the stored revision (0 if there is none) is <c>next.Revision - 1</c>; false if it is another.
    /// </summary>
    /// <exception cref="InvalidRequestException">The revision is below 1, or the document is no valid text.</exception>
    /// <exception cref="PayloadTooLargeException">The document is longer than <see cref="ClassSettingsRow.MaxDocumentLength"/>.</exception>
    Task<bool> WriteClassSettingsAsync(string jobClass, ClassSettingsRow next);

    /// <summary>
    /// Writes lines that attempts have logged. One that is there already is left as it is, and one of a job that is gone is left out; of a
    /// job's runs the last <see cref="InsightLimits.MaxLoggedRuns"/> are kept. The lines go with their job when it is pruned or deleted.
    /// </summary>
    Task AppendLogAsync(IReadOnlyList<LoggedLine> lines);

    /// <summary>Lines of a job's log by sequence after <paramref name="after"/>, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, long after, int limit);

    /// <summary>
    /// Adds an entry to the audit trail and gives it the next sequence. Of each kind that has bounds some of the oldest entries are dropped that are beyond
    /// them, and none for the sake of another kind.
    /// </summary>
    /// <param name="at">When it was done.</param>
    /// <param name="kind">What kind of entry it is.</param>
    /// <param name="document">The entry as JSON.</param>
    /// <param name="keep">The bounds, at most one of a kind.</param>
    Task AppendAuditAsync(DateTimeOffset at, AuditKind kind, string document, IReadOnlyList<AuditBounds> keep);

    /// <summary>
    /// Entries of the audit trail by sequence downwards (newest first), below <paramref name="before"/>: those of <paramref name="kind"/>, or all.
    /// </summary>
    Task<IReadOnlyList<AuditRow>> ReadAuditAsync(long before, int limit, AuditKind? kind = null);

    /// <summary>
    /// Classes into which another process has put jobs behind this store's back (SQL, another program), as that is noticed; the empty
    /// string means any class may have some. Costs no polling query. Ends with the token.
    /// </summary>
    IAsyncEnumerable<string> WatchForeignInsertsAsync(CancellationToken cancellationToken);
}
