namespace OrleansJobs.Storage.Rows;

/// <summary>
/// The places among which a listing looks: one bound on each side. Of two bounds on the same side a database seeks by one and goes through all
/// rows between it and the other.
/// </summary>
/// <param name="From">The lowest place; null for none.</param>
/// <param name="Below">The place above the highest; null for none.</param>
internal readonly record struct ListRange(ListPosition? From, ListPosition? Below)
{
    /// <summary>The places of the filter's times, below the one where the listing goes on.</summary>
    public static ListRange Of(JobFilter filter, ListPosition? before)
    {
        var to = filter.SubmittedBefore is { } time ? Lowest(time) : (ListPosition?)null;
        return new ListRange(filter.SubmittedFrom is { } from ? Lowest(from) : null, to < before || before is null ? to : before);
    }

    /// <summary>The part of it from the given place on.</summary>
    public ListRange StartingAt(ListPosition? place) => place is null ? this : this with { From = place };

    /// <summary>The lowest place of the first microsecond at or after the time.</summary>
    private static ListPosition Lowest(DateTimeOffset time)
    {
        var micros = Micros.Of(time);
        return new ListPosition(Micros.ToTime(micros) < time ? micros + 1 : micros, default);
    }
}
