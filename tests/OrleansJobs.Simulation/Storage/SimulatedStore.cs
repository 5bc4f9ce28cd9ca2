using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Limits;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Storage;

/// <summary>
/// The store as its callers meet it: it takes its time, and when it fails the caller does not know whether it was before or after the
/// commit. What has reached it happens, even if the caller is gone by then.
/// </summary>
internal sealed class SimulatedStore
{
    /// <summary>A call that takes longer is a fault in the history: several of them break what is promised of an undisturbed grid.</summary>
    private static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(250);

    private readonly World _world;
    private readonly Randomness _times;
    private readonly Randomness _faults;

    public SimulatedStore(World world)
    {
        _world = world;
        _times = world.Random("store times");
        _faults = world.Random("store faults");
        Table = new JobTable(world.Protocol.IgnoresUniqueKeys, world.Protocol.NeverCountsDown);
    }

    public JobTable Table { get; }

    public LifeTable Lives { get; } = new();

    public void BeginLife(Silo caller, string jobClass, Action<(long Epoch, RateMark? Rate)> done, Action failed) => Write(
        caller, () => Lives.Begin(jobClass, below: _world.Protocol.CountsLivesDown), (0, null), done, failed);

    public void NoteRate(Silo caller, string jobClass, long epoch, RateMark rate, Action<bool> done, Action failed) => Write(
        caller, () => Lives.Note(jobClass, epoch, rate), true, done, failed);

    /// <summary>What goes wrong now.</summary>
    public StoreFaults Faults { get; set; } = StoreFaults.None;

    public void Insert(Silo caller, JobRecord row, Action<Insertion> done, Action failed) => Write(
        caller,
        () =>
        {
            var insertion = Table.Insert(row);
            if (insertion.Outcome == InsertionOutcome.Inserted)
            {
                _world.History.Add(new Stored(row, "submit", null));
            }

            return insertion;
        },
        new Insertion(InsertionOutcome.Inserted, row.Id),
        done,
        failed);

    public void Update(Silo caller, JobRecord next, JobState before, string cause, long? causeToken, Action<bool> done, Action failed) => Write(
        caller,
        () =>
        {
            var written = Table.Update(next, before, _world.Protocol.WritesWithoutVersion);
            if (written)
            {
                _world.History.Add(new Stored(next, cause, causeToken));
            }

            return written;
        },
        true,
        done,
        failed);

    public void Delete(Silo caller, JobRecord row, Action<bool> done, Action failed) => Write(
        caller,
        () =>
        {
            var deleted = Table.Delete(row.Id, row.Version);
            if (deleted is not null)
            {
                _world.History.Add(new Deleted(deleted));
            }

            return deleted is not null;
        },
        true,
        done,
        failed);

    public void Read<T>(Silo caller, Func<JobTable, T> read, Action<T> done, Action failed) => _world.After(Time(), () =>
    {
        if (_faults.Chance(Faults.Failing))
        {
            Fail(caller, "a read fails", failed);
            return;
        }

        var value = read(Table);
        caller.After(Time(), () => done(value));
    });

    private void Write<T>(Silo caller, Func<T> write, T success, Action<T> done, Action failed) => _world.After(Time(), () =>
    {
        var fails = _faults.Chance(Faults.Failing);
        var commits = !fails || _faults.Chance(Faults.UnclearShare);
        if (!fails)
        {
            var value = write();
            caller.After(Time(), () => done(value));
            return;
        }

        if (commits)
        {
            write();
        }

        var unclear = _world.Protocol.TakesUnclearWritesForDone ? () => done(success) : failed;
        Fail(caller, commits ? "a write is committed and answered with an error" : "a write fails", unclear);
    });

    private void Fail(Silo caller, string what, Action failed)
    {
        _world.History.Add(new StoreFault("store", what));
        caller.After(Time(), failed);
    }

    private TimeSpan Time()
    {
        if (!_faults.Chance(Faults.Slow))
        {
            return _times.Milliseconds(0.3, 2);
        }

        var time = _times.Between(TimeSpan.Zero, Faults.LongestTime);
        if (time > Brisk)
        {
            _world.History.Add(new StoreFault("store", "a call is slow"));
        }

        return time;
    }
}
