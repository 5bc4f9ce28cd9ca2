using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="JobLease"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.lease")]
internal struct JobLeaseSurrogate
{
    [Id(0)]
    public LeaseId Id;

    [Id(1)]
    public string JobClass;

    [Id(2)]
    public WaitingJob Job;

    [Id(3)]
    public DateTimeOffset GrantedAt;

    [Id(4)]
    public WaitReason WaitedFor;
}

/// <summary>Moves <see cref="JobLease"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobLeaseConverter : IConverter<JobLease, JobLeaseSurrogate>
{
    public JobLease ConvertFromSurrogate(in JobLeaseSurrogate surrogate) => new(
        surrogate.Id,
        surrogate.JobClass,
        surrogate.Job,
        surrogate.GrantedAt)
    {
        WaitedFor = surrogate.WaitedFor,
    };

    public JobLeaseSurrogate ConvertToSurrogate(in JobLease value) => new()
    {
        Id = value.Id,
        JobClass = value.JobClass,
        Job = value.Job,
        GrantedAt = value.GrantedAt,
        WaitedFor = value.WaitedFor,
    };
}
