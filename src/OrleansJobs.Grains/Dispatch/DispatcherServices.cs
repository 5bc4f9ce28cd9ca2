using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>What a dispatcher grain needs of its silo.</summary>
internal sealed record DispatcherServices(
    IJobStore Store, JobClassRegistry Classes, IClusterMembershipService Membership, TimeProvider Time, ILogger<DispatcherGrain> Logger);
