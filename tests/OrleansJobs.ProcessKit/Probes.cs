using System.Text;
using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>Jobs of the hosts' built-in class that behave as they are told and leave traces.</summary>
internal static class Probes
{
    public const string Class = "probe";
    public const string OtherClass = "probe2";

    /// <summary>As the hosts configure the class.</summary>
    public const int MaxAttempts = 5;

    public static SubmitRequest Job(int milliseconds, string behaviour = "Succeed", string tenant = "", string jobClass = Class) => new()
    {
        JobClass = jobClass,
        Id = JobId.New(),
        Tenant = tenant.Length == 0 ? null : tenant,
        Payload = new RawJson(Encoding.UTF8.GetBytes($$"""{"milliseconds":{{milliseconds}},"behaviour":"{{behaviour}}"}""")),
    };

    public static List<SubmitRequest> Many(int count, int milliseconds, string behaviour = "Succeed", string tenant = "", string jobClass = Class) =>
        [.. Enumerable.Range(0, count).Select(_ => Job(milliseconds, behaviour, tenant, jobClass))];
}
