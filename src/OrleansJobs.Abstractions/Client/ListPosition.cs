using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansJobs;

/// <summary>
/// The place of a job in a listing, which goes by when jobs were submitted, and by their ids where that is the same. As text it is a
/// <see cref="JobPage.NextCursor"/>.
/// </summary>
/// <param name="SubmittedAt">When the job was submitted, in microseconds since 1970.</param>
/// <param name="Id">The job.</param>
public readonly record struct ListPosition(long SubmittedAt, JobId Id) : IComparable<ListPosition>
{
    private const char Between = '.';

    /// <summary>The place of a job.</summary>
    public static ListPosition Of(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var ticks = job.SubmittedAt.UtcTicks - DateTime.UnixEpoch.Ticks;
        return new ListPosition((long)Math.Floor((decimal)ticks / TimeSpan.TicksPerMicrosecond), job.Id);
    }

    /// <summary>Reads a place from its text, if it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ListPosition position)
    {
        position = default;
        var dot = text?.IndexOf(Between, StringComparison.Ordinal) ?? -1;
        if (dot < 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var submittedAt)
            || !Guid.TryParseExact(text.AsSpan(dot + 1), "D", out var id))
        {
            return false;
        }

        position = new ListPosition(submittedAt, new JobId(id));
        return true;
    }

    /// <summary>Orders places: the older job first.</summary>
    public int CompareTo(ListPosition other) =>
        SubmittedAt.CompareTo(other.SubmittedAt) is var order and not 0 ? order : Id.CompareTo(other.Id);

    /// <summary>The place as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SubmittedAt}{Between}{Id}");

    /// <summary>Whether <paramref name="left"/> is of an older job.</summary>
    public static bool operator <(ListPosition left, ListPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is of a newer job.</summary>
    public static bool operator >(ListPosition left, ListPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is of the same or an older job.</summary>
    public static bool operator <=(ListPosition left, ListPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is of the same or a newer job.</summary>
    public static bool operator >=(ListPosition left, ListPosition right) => left.CompareTo(right) >= 0;
}
