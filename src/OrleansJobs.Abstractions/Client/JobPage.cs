namespace OrleansJobs;

/// <summary>
/// A page of a listing, newest job first. It looks at <see cref="JobLimits.MaxRowsExamined"/> jobs at most, so it may have fewer jobs than
/// were asked for, even none, although there are more: only the cursor tells.
/// </summary>
/// <param name="Jobs">The jobs, without payload, result, ended attempts and stacks.</param>
/// <param name="NextCursor">Where the next page starts; null when this is the last.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobPage(IReadOnlyList<JobSnapshot> Jobs, string? NextCursor)
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(0)]
    private readonly JobSnapshot[] _jobs = WireLists.Array(Jobs);

    /// <summary>The jobs, without payload, result, ended attempts and stacks.</summary>
    public IReadOnlyList<JobSnapshot> Jobs { get => _jobs; init => _jobs = WireLists.Array(value); }

    /// <summary>Where the next page starts; null when this is the last.</summary>
    [Id(1)]
    public string? NextCursor { get; init; } = NextCursor;
}
