using Orleans.Runtime;
using Orleans.Storage;
using OrleansJobs.Client.Grains;

namespace OrleansJobs.Grains.Jobs;

/// <summary>Turns what callers can act on into replies; anything else stays an exception.</summary>
internal static class JobReplies
{
    public static Task<Reply<T>> GuardAsync<T>(Func<Task<T>> action) => GuardAsync(action, static done => done);

    public static async Task<Reply<T>> GuardAsync<TDone, T>(Func<Task<TDone>> action, Func<TDone, T> reply)
    {
        try
        {
            return Reply<T>.Of(reply(await action()));
        }
        catch (JobsException exception)
        {
            return Reply<T>.Failed(exception);
        }
        catch (InconsistentStateException exception)
        {
            return Reply<T>.Failed(new GridUnavailableException("The job changes on several silos at once; repeat the call.", exception));
        }
        catch (OrleansException exception) when (exception.InnerException is JobsException inner)
        {
            return Reply<T>.Failed(inner);
        }
    }
}
