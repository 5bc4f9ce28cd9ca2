using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Tests.Registration;

public sealed class JobClassRegistrationTests
{
    private static readonly JobClass<Work> Class = new("work");

    [Fact]
    public void AddHandler_OfADeclaredClass_IsThatOfItsName()
    {
        var inShort = Build(jobs => jobs.AddHandler<WorkHandler>(Class, work => work.MaxLocalWorkers = 3)).GetRequiredService<JobClassRegistry>().Get("work");
        var inFull = Build(jobs => jobs.AddHandler<Work, WorkHandler>(Class)).GetRequiredService<JobClassRegistry>().Get("work");

        Assert.Equal((typeof(Work), typeof(WorkHandler), 3), (inShort.PayloadType, inShort.HandlerType, inShort.Options.MaxLocalWorkers));
        Assert.Equal((typeof(Work), typeof(WorkHandler)), (inFull.PayloadType, inFull.HandlerType));
    }

    [Fact]
    public void AddHandler_OfAHandlerForABaseOfThePayload_Fits() => Assert.Equal(
        typeof(AnyHandler), Build(jobs => jobs.AddHandler<AnyHandler>(Class)).GetRequiredService<JobClassRegistry>().Get("work").HandlerType);

    [Fact]
    public void AddHandler_OfAnotherPayload_IsAFaultAtStart() => Assert.Equal(
        ["Job class 'text' carries System.String, but its handler OrleansJobs.Workers.Tests.WorkHandler is no IJobHandler<String>."],
        FaultsOf(jobs => jobs.AddHandler<WorkHandler>(new JobClass<string>("text"))));

    [Fact]
    public void AddHandler_TwiceForOneClass_IsAFaultAtStart() => Assert.Equal(
        [$"Job class 'work' has two handlers, {typeof(WorkHandler)} and {typeof(AnyHandler)}; it may have one."],
        FaultsOf(jobs => jobs.AddHandler<WorkHandler>(Class).AddHandler<AnyHandler>(Class)));

    [Fact]
    public void AddHandler_OfAClassWithABadName_IsAFaultAtStart() =>
        Assert.Contains("'not a name'", FaultsOf(jobs => jobs.AddHandler<WorkHandler>(new JobClass<Work>("not a name"))).Single());

    [Theory]
    [InlineData("work", "application/json", "{\"foo\":1}", "The payload is not a valid OrleansJobs.Workers.Tests.Work: ")]
    [InlineData("work", "application/json", "{\"name\":\"a\",\"more\":1}", null)]
    [InlineData("work", "application/octet-stream", "{\"foo\":1}", null)]
    [InlineData("elsewhere", "application/json", "{\"foo\":1}", null)]
    public void PayloadCheck_KnowsTheClassesOfItsProcess(string jobClass, string contentType, string payload, string? fault)
    {
        var check = Build(jobs => jobs.AddHandler<WorkHandler>(Class)).GetRequiredService<IPayloadCheck>();

        var found = check.FaultOf(new JobSubmission { JobClass = jobClass, ContentType = contentType, Payload = Encoding.UTF8.GetBytes(payload) });

        Assert.Equal(fault is null, found is null);
        Assert.StartsWith(fault ?? "", found ?? "");
    }

    [Fact]
    public void PayloadCheck_LeavesATooLargePayloadToTheGrid()
    {
        var check = Build(jobs => jobs.AddHandler<WorkHandler>(Class)).GetRequiredService<IPayloadCheck>();
        var payload = Encoding.UTF8.GetBytes($"\"{new string('x', JobLimits.MaxPayloadBytes)}\"");

        Assert.Null(check.FaultOf(new JobSubmission { JobClass = Class.Name, Payload = payload }));
    }

    private static ServiceProvider Build(Action<JobGridBuilder> configure) => new ServiceCollection().AddOrleansJobs(configure).Services.BuildServiceProvider();

    private static IReadOnlyList<string> FaultsOf(Action<JobGridBuilder> configure) =>
        Assert.Throws<InvalidOptionsException>(() => Build(configure).GetRequiredService<JobClassRegistry>()).Faults;

    private sealed class AnyHandler : IJobHandler<object>
    {
        public Task<JobResult> HandleAsync(object payload, JobContext context) => Task.FromResult(JobResult.Done);
    }
}
