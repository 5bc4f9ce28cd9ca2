using Microsoft.Extensions.Logging;

namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobLogLine"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.log-line")]
internal struct JobLogLineSurrogate
{
    [Id(0)]
    public long Sequence;

    [Id(1)]
    public DateTimeOffset At;

    [Id(2)]
    public int Attempt;

    [Id(3)]
    public LogLevel Level;

    [Id(4)]
    public string Text;
}

/// <summary>Moves <see cref="JobLogLine"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobLogLineConverter : IConverter<JobLogLine, JobLogLineSurrogate>
{
    public JobLogLine ConvertFromSurrogate(in JobLogLineSurrogate surrogate) => new(
        surrogate.Sequence,
        surrogate.At,
        surrogate.Attempt,
        surrogate.Level,
        surrogate.Text);

    public JobLogLineSurrogate ConvertToSurrogate(in JobLogLine value) => new()
    {
        Sequence = value.Sequence,
        At = value.At,
        Attempt = value.Attempt,
        Level = value.Level,
        Text = value.Text,
    };
}
