namespace OrleansJobs.Storage.Rows;

/// <summary>
/// The ids among which a listing looks: one bound on each side. Of two bounds on the same side a database seeks by one and goes through all
/// rows between it and the other.
/// </summary>
/// <param name="From">The lowest id; null for none.</param>
/// <param name="Below">The id above the highest; null for none.</param>
internal readonly record struct IdRange(JobId? From, JobId? Below)
{
    /// <summary>The ids of the filter's times, below the one where the listing goes on.</summary>
    public static IdRange Of(JobFilter filter, JobId? before)
    {
        var to = filter.SubmittedBefore is { } time ? IdTime.Lowest(time) : (JobId?)null;
        return new IdRange(filter.SubmittedFrom is { } from ? IdTime.Lowest(from) : null, to < before || before is null ? to : before);
    }

    /// <summary>The part of it from the given id on.</summary>
    public IdRange StartingAt(JobId? id) => id is null ? this : this with { From = id };
}
