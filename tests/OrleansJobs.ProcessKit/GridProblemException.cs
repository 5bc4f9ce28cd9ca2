using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>The API refused a call that should have worked.</summary>
internal sealed class GridProblemException(ApiProblem problem) : Exception($"{problem.Status} {problem.Code}: {problem.Detail}")
{
    public ApiProblem Problem { get; } = problem;
}
