using OrleansJobs.Storage.Ownership;

namespace OrleansJobs.Sqlite;

/// <summary>
/// A claim on a file: an operating system's lock on another file beside it, which goes with the process. Not on the database itself,
/// because closing that would drop SQLite's own locks. Who has the claim stands in a further file, for the locked one cannot be read.
/// None is ever deleted: a new one would have a lock of its own. Claims are taken one after the other, behind a gate that is a third file, so that
/// what stands in the further one is known to be of a process that lives.
/// </summary>
internal sealed class SqliteOwnership : IStoreOwnership
{
    private const int MaxGateAttempts = 250;
    private static readonly TimeSpan GateDelay = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _lock;

    private SqliteOwnership(FileStream fileLock) => _lock = fileLock;

    /// <summary>Never: while this process lives, nobody else can have the lock.</summary>
    public CancellationToken Lost => CancellationToken.None;

    /// <exception cref="StoreInUseException">Another process has the file.</exception>
    /// <exception cref="StoreSetupException">Files cannot be locked here.</exception>
    public static async Task<SqliteOwnership> ClaimAsync(string path, StoreClaim claim, string cluster, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var real = RealPath.Of(path);
        FileStream? fileLock = null;
        try
        {
            await using var gate = await PassGateAsync(real, cancellationToken);
            var isFirst = IsFree(real);
            fileLock = TryLock(real, claim) ?? throw StoreInUse.Error($"The job store '{path}'", claim, SqliteHolder.Read(real)?.Text);
            RequireThatItHolds(real, path, claim);
            RequireSameCluster(real, path, claim, isFirst, cluster);
            new SqliteHolder(StoreInUse.Describe(Environment.ProcessId, Environment.MachineName, now), cluster).Write(real);
            return new SqliteOwnership(fileLock);
        }
        catch (Exception exception)
        {
            fileLock?.Dispose();
            throw exception is IOException or UnauthorizedAccessException
                ? new StoreSetupException($"The job store '{path}' cannot be claimed: {exception.Message}", exception)
                : exception;
        }
    }

    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private static async Task<FileStream> PassGateAsync(string real, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxGateAttempts; attempt++)
        {
            if (TryOpen(GateOf(real), StoreClaim.Exclusive) is { } gate)
            {
                return gate;
            }

            // Another process is waited for, which knows nothing of this one's clock.
            await Task.Delay(GateDelay, TimeProvider.System, cancellationToken);
        }

        throw new IOException($"another process has been claiming it for more than {MaxGateAttempts * GateDelay.TotalSeconds} s ('{GateOf(real)}' is locked).");
    }

    private static bool IsFree(string real)
    {
        using var alone = TryLock(real, StoreClaim.Exclusive);
        return alone is not null;
    }

    private static FileStream? TryLock(string real, StoreClaim claim) => TryOpen(LockOf(real), claim);

    private static FileStream? TryOpen(string file, StoreClaim claim)
    {
        try
        {
            return claim == StoreClaim.Exclusive
                ? new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                : new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            return null;
        }
    }

    private static void RequireSameCluster(string real, string path, StoreClaim claim, bool isFirst, string cluster)
    {
        if (claim == StoreClaim.Shared && !isFirst && SqliteHolder.Read(real) is { } holder && holder.Cluster != cluster)
        {
            throw StoreInUse.OfAnotherCluster($"The job store '{path}'", cluster, holder.Text, holder.Cluster);
        }
    }

    // Some network file systems take locks without keeping them, and .NET can be told not to lock.
    private static void RequireThatItHolds(string real, string path, StoreClaim claim)
    {
        using var second = claim == StoreClaim.Exclusive ? TryLock(real, claim) : null;
        if (second is not null)
        {
            throw new StoreSetupException(
                $"The job store '{path}' cannot be claimed: its file system does not lock files. Put it on a local disk.");
        }
    }

    // EAGAIN of Linux, EWOULDBLOCK of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string GateOf(string real) => real + "-gate";

    private static string LockOf(string real) => real + "-lock";
}
