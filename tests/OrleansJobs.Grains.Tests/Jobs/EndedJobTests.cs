using OrleansJobs.Conformance;

namespace OrleansJobs.Grains.Tests.Jobs;

/// <summary>The grain of an ended job leaves memory as soon as it has answered; who asks meanwhile is answered by the next one.</summary>
public sealed class EndedJobTests : SiloTest
{
    [Fact]
    public async Task Reads_ByManyAtOnce_AreAllAnswered()
    {
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("a"));
        await job.WaitAsync();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(ReadAsync)));

        async Task ReadAsync()
        {
            for (var read = 0; read < 100; read++)
            {
                Assert.Equal(JobState.Succeeded, (await job.GetAsync()).State);
            }
        }
    }
}
