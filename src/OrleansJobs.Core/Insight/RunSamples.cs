namespace OrleansJobs.Core.Insight;

/// <summary>
/// Run times of attempts by how many ran at once on average while they ran. Concurrency mostly stands at one value, the permits: what was
/// measured at other values, in quiet times and before permits were changed, is kept beside it, because only the difference tells whether more
/// slots would help. Bounded: each range of concurrency has one mean and variance, in which old attempts fade.
/// </summary>
internal sealed class RunSamples
{
    /// <summary>Attempts that a model needs on either side.</summary>
    public const int MinCount = 8;

    /// <summary>What was measured longer ago says nothing about the present.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    /// <summary>Ranges to each doubling of concurrency.</summary>
    private const int Steps = 4;

    /// <summary>Up to 32,768 at once; more count there.</summary>
    private const int Ranges = (15 * Steps) + 1;

    /// <summary>Attempts after which an old one has faded.</summary>
    private const double Memory = 256;

    /// <summary>Attempts among at most this part of as many as now count as among few.</summary>
    private const double FewPart = 0.5;

    /// <summary>As many as now is from this part of it up to its inverse.</summary>
    private const double NearPart = 0.8;

    private readonly RunSample[] _samples = new RunSample[Ranges];
    private readonly DateTimeOffset[] _measuredAt = new DateTimeOffset[Ranges];

    /// <summary>An attempt ended that did its work.</summary>
    /// <param name="running">How many ran at once, itself included, on average while it ran.</param>
    /// <param name="runTime">How long it ran.</param>
    /// <param name="now">The time.</param>
    public void Add(double running, TimeSpan runTime, DateTimeOffset now)
    {
        var among = Math.Max(1, running);
        var range = Math.Min(Ranges - 1, (int)Math.Round(Math.Log2(among) * Steps));
        var before = now - _measuredAt[range] > MaxAge ? default : _samples[range];
        var count = Math.Min(before.Count + 1, Memory);
        var (part, off) = (1 / count, runTime.TotalSeconds - before.Seconds);
        _samples[range] = new RunSample(
            before.Running + (part * (among - before.Running)),
            before.Seconds + (part * off),
            (1 - part) * (before.Variance + (part * off * off)),
            count);
        _measuredAt[range] = now;
    }

    /// <summary>How run time depends on concurrency up to as many as run now; null where that was not measured.</summary>
    public ContentionModel? ModelAt(int running, DateTimeOffset now)
    {
        RunSample? few = null;
        RunSample? many = null;
        for (var range = 0; range < Ranges; range++)
        {
            if (_samples[range] is not { Count: > 0 } sample || now - _measuredAt[range] > MaxAge)
            {
                continue;
            }

            if (sample.Running <= FewPart * running && !(few?.Count >= MinCount))
            {
                few = few?.With(sample) ?? sample;
            }
            else if (sample.Running >= NearPart * running && sample.Running <= running / NearPart)
            {
                many = many?.With(sample) ?? sample;
            }
        }

        return few is { Count: >= MinCount } && many is { Count: >= MinCount } ? new ContentionModel(few.Value, many.Value) : null;
    }
}
