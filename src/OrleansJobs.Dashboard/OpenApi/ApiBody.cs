namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>The body of a call.</summary>
/// <param name="Type">What it is read as.</param>
/// <param name="MediaTypes">What it may be.</param>
internal sealed record ApiBody(Type Type, params string[] MediaTypes)
{
    /// <summary>Whether the call may come without one.</summary>
    public bool IsOptional { get; init; }

    public static ApiBody Json<T>(bool isOptional = false) => new(typeof(T), JobSerializer.Json) { IsOptional = isOptional };
}
