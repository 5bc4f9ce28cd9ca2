using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>
/// Writes that can go in one transaction: no job twice, nothing but deletes beside a delete, and nothing beside a prune, settings or upkeep.
/// </summary>
internal sealed class WriteGroup
{
    private readonly HashSet<JobId> _ids = [];

    public List<StoreWrite.Insert> Inserts { get; } = [];

    public List<StoreWrite.Update> Updates { get; } = [];

    public List<StoreWrite.Delete> Deletes { get; } = [];

    /// <summary>A write that goes alone.</summary>
    public StoreWrite? Other { get; private set; }

    public int Count => Inserts.Count + Updates.Count + Deletes.Count + (Other is null ? 0 : 1);

    /// <summary>All writes of the group.</summary>
    public IEnumerable<StoreWrite> Writes => Other is null ? Inserts.Concat<StoreWrite>(Updates).Concat(Deletes) : [Other];

    /// <summary>
    /// Cuts a batch into groups, keeping the order of the writes of one job. Deletes come last, together: nobody writes a job while another
    /// of its writes is on its way, save for whoever is refused by its version or its id anyway.
    /// </summary>
    public static IEnumerable<WriteGroup> Split(IReadOnlyList<StoreWrite> batch) => batch.Any(static write => write is StoreWrite.Delete)
        ? Cut(batch.Where(static write => write is not StoreWrite.Delete)).Concat(Cut(batch.OfType<StoreWrite.Delete>()))
        : Cut(batch);

    /// <summary>The two halves of the group.</summary>
    public (WriteGroup First, WriteGroup Second) Halve()
    {
        var (first, second) = (new WriteGroup(), new WriteGroup());
        foreach (var (index, write) in Writes.Index())
        {
            (index < Count / 2 ? first : second).TryAdd(write);
        }

        return (first, second);
    }

    public void Fail(Exception exception)
    {
        foreach (var write in Writes)
        {
            write.Fail(exception);
        }
    }

    private static IEnumerable<WriteGroup> Cut(IEnumerable<StoreWrite> batch)
    {
        var group = new WriteGroup();
        foreach (var write in batch)
        {
            if (!group.TryAdd(write))
            {
                yield return group;
                group = new WriteGroup();
                group.TryAdd(write);
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private bool TryAdd(StoreWrite write)
    {
        switch (write)
        {
            case StoreWrite.Insert insert when Other is null && _ids.Add(insert.Record.Id):
                Inserts.Add(insert);
                return true;
            case StoreWrite.Update update when Other is null && _ids.Add(update.Next.Id):
                Updates.Add(update);
                return true;
            case StoreWrite.Delete delete when Count == Deletes.Count && _ids.Add(delete.Id):
                Deletes.Add(delete);
                return true;
            case StoreWrite.Prune or StoreWrite.Settings or StoreWrite.Upkeep when Count == 0:
                Other = write;
                return true;
            default:
                return false;
        }
    }
}
