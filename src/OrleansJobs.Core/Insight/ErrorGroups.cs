namespace OrleansJobs.Core.Insight;

/// <summary>
/// The failures of a class's attempts, those together that say the same. Bounded by <see cref="InsightLimits.MaxErrorGroups"/>: the group
/// that is longest without a new failure goes first.
/// </summary>
internal sealed class ErrorGroups
{
    private readonly Dictionary<(string Type, string Shape), LinkedListNode<Group>> _groups = [];
    private readonly LinkedList<Group> _byLastFailure = new();

    /// <summary>An attempt of the job failed so.</summary>
    public void Add(JobId job, JobError error, DateTimeOffset now)
    {
        var key = (error.Type, MessageShape.Of(error.Message));
        if (_groups.TryGetValue(key, out var node))
        {
            _byLastFailure.Remove(node);
        }
        else
        {
            MakeRoom();
            node = new LinkedListNode<Group>(new Group(key, now));
            _groups.Add(key, node);
        }

        node.Value.Add(job, error, now);
        _byLastFailure.AddLast(node);
    }

    /// <summary>The groups, the most frequent first.</summary>
    public IReadOnlyList<ErrorGroup> Show() =>
        [.. _byLastFailure.Select(group => group.Show()).OrderByDescending(group => group.Count).ThenByDescending(group => group.LastAt)];

    private void MakeRoom()
    {
        if (_groups.Count >= InsightLimits.MaxErrorGroups)
        {
            _groups.Remove(_byLastFailure.First!.Value.Key);
            _byLastFailure.RemoveFirst();
        }
    }

    private sealed class Group((string Type, string Shape) key, DateTimeOffset firstAt)
    {
        private string _message = "";
        private long _count;
        private DateTimeOffset _lastAt;
        private JobId _lastJob;

        public (string Type, string Shape) Key => key;

        public void Add(JobId job, JobError error, DateTimeOffset now)
        {
            (_message, _lastJob, _lastAt) = (error.Message, job, now);
            _count++;
        }

        public ErrorGroup Show() => new()
        {
            Type = key.Type,
            Message = _message,
            Count = _count,
            FirstAt = firstAt,
            LastAt = _lastAt,
            LastJob = _lastJob,
        };
    }
}
