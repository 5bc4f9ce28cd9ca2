using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Logging;

namespace OrleansJobs.Workers.Tests.Logging;

public sealed class LineBufferTests
{
    private readonly LineBuffer _lines = new();
    private readonly JobId _job = JobId.New();

    [Fact]
    public void Lines_ComeOutInOrder()
    {
        Add(_job, 5);

        Assert.Equal([0L, 1, 2], _lines.Take(3).Select(line => line.Line.Sequence));
        Assert.Equal([3L, 4], _lines.Take(3).Select(line => line.Line.Sequence));
        Assert.True(_lines.IsEmpty);
        Assert.Empty(_lines.Take(3));
    }

    [Fact]
    public void Line_BeyondTheRoom_TakesThatOfTheOldestWhichIsTold()
    {
        var other = JobId.New();
        Add(other, 2);
        Add(_job, LineBuffer.MaxLines);

        var first = _lines.Take(1);

        Assert.Equal((other, 1L, LogLevel.Warning), (first[0].JobId, first[0].Line.Sequence, first[0].Line.Level));
        Assert.StartsWith("2 lines before this were lost", first[0].Line.Text);
        Assert.Equal(LineBuffer.MaxLines, _lines.Take(int.MaxValue).Count);
    }

    [Fact]
    public void Losses_OfManyAttempts_AreBounded()
    {
        for (var job = 0; job < LineBuffer.MaxLosses + 10; job++)
        {
            Add(JobId.New(), 1);
        }

        Add(_job, LineBuffer.MaxLines);

        Assert.Equal(LineBuffer.MaxLosses, _lines.Take(LineBuffer.MaxLosses).Count(line => line.JobId != _job));
    }

    private void Add(JobId job, int count)
    {
        for (var line = 0; line < count; line++)
        {
            _lines.Add(new LoggedLine(job, new JobLogLine(line, DateTimeOffset.UnixEpoch, 1, LogLevel.Information, "text")));
        }
    }
}
