using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Pools;

/// <summary>
/// Keeps the slots of pools out of reach of Orleans' collector. <c>[KeepAlive]</c> alone does not: its word is looked up by the grain type of the generic class, and
/// a pool's is made of that and the handler (Orleans 10.4.2, <c>GrainTypeSharedContext.GetCollectionAgeLimit</c>).
/// </summary>
internal sealed class PoolLifetime(JobClassRegistry classes) : IConfigureOptions<GrainCollectionOptions>
{
    /// <summary>Longer than any clock is set back.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(3_650);

    public void Configure(GrainCollectionOptions options)
    {
        foreach (var jobClass in classes.All)
        {
            options.ClassSpecificCollectionAge[typeof(WorkerGrain<>).MakeGenericType(jobClass.HandlerType).FullName!] = Age;
        }
    }
}
