using OrleansJobs.Storage.Ownership;

namespace OrleansJobs.Sqlite;

/// <summary>
/// A claim on a file: an operating system's lock on another file beside it, which goes with the process. Not on the database itself,
/// because closing that would drop SQLite's own locks. Who has the claim stands in a further file, for the locked one cannot be read.
/// Neither is ever deleted: a new one would have a lock of its own.
/// </summary>
internal sealed class SqliteOwnership : IStoreOwnership
{
    private const int MaxHolderLength = 200;

    private readonly FileStream _lock;

    private SqliteOwnership(FileStream fileLock) => _lock = fileLock;

    /// <summary>Never: while this process lives, nobody else can have the lock.</summary>
    public CancellationToken Lost => CancellationToken.None;

    /// <exception cref="StoreInUseException">Another process has the file.</exception>
    /// <exception cref="StoreSetupException">Files cannot be locked here.</exception>
    public static SqliteOwnership Claim(string path, StoreClaim claim, DateTimeOffset now)
    {
        var real = RealPath.Of(path);
        FileStream? fileLock = null;
        try
        {
            fileLock = TryLock(real, claim) ?? throw StoreInUse.Error($"The job store '{path}'", claim, ReadHolder(real));
            RequireThatItHolds(real, path, claim);
            WriteHolder(real, StoreInUse.Describe(Environment.ProcessId, Environment.MachineName, now));
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

    private static FileStream? TryLock(string real, StoreClaim claim)
    {
        try
        {
            return claim == StoreClaim.Exclusive
                ? new FileStream(LockOf(real), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                : new FileStream(LockOf(real), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            return null;
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

    private static void WriteHolder(string real, string holder)
    {
        // By renaming, so that nobody reads half of it.
        var draft = $"{HolderOf(real)}.{Environment.ProcessId}";
        File.WriteAllText(draft, holder);
        File.Move(draft, HolderOf(real), overwrite: true);
    }

    private static string? ReadHolder(string real)
    {
        try
        {
            var holder = File.ReadAllText(HolderOf(real)).Trim();
            return holder.Length is > 0 and <= MaxHolderLength ? holder : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string LockOf(string real) => real + "-lock";

    private static string HolderOf(string real) => real + "-owner";
}
