using Orleans.Runtime;

namespace OrleansJobs.Client.Grains;

/// <summary>
/// Tells the storage of a job grain that the job is most likely new, so that a fresh activation need not read it first: the insert finds
/// out. Travels in the request context of a submit and is spent by the activation.
/// </summary>
public static class NewJobHint
{
    private const string Key = "orleansjobs.new";

    /// <summary>Marks the calls that follow in this flow as the submit of the job.</summary>
    public static void Set(JobId id) => RequestContext.Set(Key, id.Value);

    /// <summary>Takes the mark away from the calls that follow.</summary>
    public static void Clear() => RequestContext.Remove(Key);

    /// <summary>Whether this call is the submit of the job.</summary>
    public static bool Names(Guid id) => RequestContext.Get(Key) is Guid hinted && hinted == id;
}
