using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Jobs;

/// <summary>The way from a silo to the job grains.</summary>
internal sealed class JobPort(IGrainFactory grains) : IJobPort, IJobAuthority
{
    private readonly GuidGrains<IJobAuthorityGrain> _jobs = new(grains);

    public Task<StartReply> StartAsync(JobLease lease, string silo) =>
        PortCall.RunAsync(Job(lease.Job.Id).StartAsync(silo, lease.Job.DueAt, lease.WaitedFor));

    public Task<StartReply> StartSuspectAsync(JobLease lease, string silo, StartPlace place) =>
        PortCall.RunAsync(Job(lease.Job.Id).StartSuspectAsync(silo, lease.Job.DueAt, lease.WaitedFor, place));

    public Task<StartReply> PutOffAsync(JobId id, TimeSpan delay) => PortCall.RunAsync(Job(id).PutOffAsync(delay));

    public Task<ReportReply> EndIsolationAsync(JobId id, long leaseToken) => PortCall.RunAsync(Job(id).EndIsolationAsync(leaseToken));

    public Task<AckReply> AckAsync(JobId id, AttemptAck ack) => PortCall.RunAsync(Job(id).AckAsync(ack));

    public Task<ReportReply> ReportAsync(JobId id, long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint) =>
        PortCall.RunAsync(Job(id).ReportAsync(leaseToken, progress, checkpoint));

    public Task<ExpireReply> ExpireAsync(JobId id, Expire expire) =>
        Job(id).ExpireAsync(expire.Silo, expire.LeaseToken, expire.SiloIsDead);

    private IJobAuthorityGrain Job(JobId id) => _jobs.Get(id.Value);
}
