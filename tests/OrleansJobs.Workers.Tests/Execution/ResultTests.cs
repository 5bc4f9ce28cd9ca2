using System.Text;
using System.Text.Json.Serialization;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class ResultTests
{
    [Fact]
    public async Task Success_OfADeclaredBaseType_IsWrittenByIt()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Success<Shape>(new Circle(2))));

        Assert.Equal(new Circle(2), JobSerializer.Default.Deserialize<Shape>(bench.JobOf(lease).Result!.Value));
    }

    [Fact]
    public async Task Success_OfATypeThatItsBaseNames_IsReadAsEither()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Success(new Circle(2))));

        Assert.Equal(new Circle(2), JobSerializer.Default.Deserialize<Circle>(bench.JobOf(lease).Result!.Value));
        Assert.Equal(new Circle(2), JobSerializer.Default.Deserialize<Shape>(bench.JobOf(lease).Result!.Value));
    }

    [Fact]
    public async Task Success_OfAnObject_IsWrittenByItsOwnType()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Success<object>(new Work("two"))));

        Assert.Equal("""{"name":"two"}""", Encoding.UTF8.GetString(bench.JobOf(lease).Result!.Value.Span));
    }

    [Theory]
    [InlineData("function")]
    [InlineData("cycle")]
    [InlineData("not a number")]
    [InlineData("getter")]
    [InlineData("type")]
    public async Task Success_WithAResultThatCannotBeWritten_IsToldOnce(string what)
    {
        await using var bench = new Bench(options => options.Retry = Retry.Fixed(5, TimeSpan.Zero));
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(Unwritable(what)));

        var job = bench.JobOf(lease);
        Assert.Equal((JobState.DeadLettered, 1), (job.State, job.Attempt));
        Assert.Equal(("invalid-result", true), (job.LastError!.Type, job.LastError.Message.Contains("has succeeded", StringComparison.Ordinal)));
    }

    private static JobResult Unwritable(string what) => what switch
    {
        "function" => JobResult.Success(new { Function = (Action)(() => { }) }),
        "cycle" => JobResult.Success(Cycle()),
        "not a number" => JobResult.Success(double.NaN),
        "getter" => JobResult.Success(new Thrower()),
        _ => JobResult.Success(typeof(string)),
    };

    private static Node Cycle()
    {
        var node = new Node();
        node.Next = node;
        return node;
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Thrower
    {
        public string Text => throw new InvalidOperationException($"the getter of {GetType().Name} throws");
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract record Shape;

    private sealed record Circle(double Radius) : Shape;
}
