namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>All operations of the API. A route without one cannot be mapped, so none is missing in the document.</summary>
internal static class ApiOperations
{
    private static readonly Dictionary<(string Method, string Pattern), ApiOperation> ByRoute =
        new[] { JobOperations.All, ClassOperations.All, GridOperations.All, AccessOperations.All }.SelectMany(some => some)
            .ToDictionary(operation => (operation.Method, operation.Pattern));

    /// <exception cref="InvalidOperationException">There is none for the route.</exception>
    public static ApiOperation Of(string method, string pattern) => ByRoute.TryGetValue((method, pattern), out var operation)
        ? operation
        : throw new InvalidOperationException($"{method} {pattern} is no operation of the document; describe it in {nameof(ApiOperations)}.");
}
