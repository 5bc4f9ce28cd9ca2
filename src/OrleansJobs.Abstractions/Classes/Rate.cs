using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace OrleansJobs;

/// <summary>How many jobs of a class may start in a period, in the whole cluster: a token bucket.</summary>
/// <param name="Permits">Starts per period; 0 means no limit.</param>
/// <param name="Period">The period, from <see cref="MinPeriod"/> to <see cref="MaxPeriod"/>.</param>
/// <param name="Burst">Tokens that an idle class saves up, at least 1.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public readonly record struct Rate([property: Id(0)] int Permits, [property: Id(1)] TimeSpan Period, [property: Id(2)] int Burst)
{
    /// <summary>Largest number of starts per period.</summary>
    public const int MaxPermits = 1_000_000;

    /// <summary>Shortest period (1 ms).</summary>
    public static readonly TimeSpan MinPeriod = TimeSpan.FromMilliseconds(1);

    /// <summary>What a rate looks like as text, for error messages.</summary>
    public const string Expected = "a rate, such as " + RateText.Examples;

    /// <summary>Longest period (1 day).</summary>
    public static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(1);

    /// <summary>Part of a second's starts that may be saved up when no burst is given.</summary>
    private const int DefaultBurstsPerSecond = 10;

    /// <summary>No limit. The default.</summary>
    public static Rate Unlimited { get; }

    /// <summary>Whether there is no limit.</summary>
    [JsonIgnore]
    public bool IsUnlimited => Permits == 0;

    /// <summary>So many starts a second. The burst is a tenth of that, at least 1, if none is given.</summary>
    public static Rate PerSecond(int permits, int? burst = null) => Per(TimeSpan.FromSeconds(1), permits, burst);

    /// <summary>So many starts a minute. The burst is a tenth of a second's starts, at least 1, if none is given.</summary>
    public static Rate PerMinute(int permits, int? burst = null) => Per(TimeSpan.FromMinutes(1), permits, burst);

    /// <summary>So many starts a period.</summary>
    public static Rate Per(TimeSpan period, int permits, int? burst = null) =>
        new(permits, period, burst ?? (int)Math.Clamp(permits / Math.Max(period.TotalSeconds, 0.001) / DefaultBurstsPerSecond, 1, MaxPermits));

    /// <summary>
    /// Reads a rate, as configuration, HTTP API and command line write it: starts, a slash and the period (a <see cref="JobDuration"/>, whose
    /// 1 may be left out), and the burst if it is not the usual one: <c>100/s</c>, <c>10/5s</c>, <c>1/h</c>, <c>50/s burst 20</c>,
    /// <c>unlimited</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is none; the message says what is wrong and shows how a rate is written.</exception>
    public static Rate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var rate, out var fault) ? rate : throw new FormatException($"{DurationText.Show(text)} is no rate: {fault}.");
    }

    /// <summary>Reads a rate, if the text is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rate rate) => TryParse(text, out rate, out _);

    /// <summary>Reads a rate, if the text is one.</summary>
    /// <param name="text">The text; blanks around it and around its slash do not matter.</param>
    /// <param name="rate">What it says; unlimited if it says nothing.</param>
    /// <param name="fault">What is wrong with it and how it is written, to stand after the key and the value: no capital, no full stop.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rate rate, [NotNullWhen(false)] out string? fault)
    {
        fault = RateText.Read(text, out rate);
        return fault is null;
    }

    /// <summary>The shortest text that <see cref="Parse"/> reads back: <c>50/s</c>, <c>10/5s burst 3</c>, <c>unlimited</c>.</summary>
    public override string ToString() => RateText.Write(this);
}
