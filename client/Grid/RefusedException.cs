using OrleansJobs.Http;

namespace OrleansJobs.Cli.Grid;

/// <summary>The grid answered with an error.</summary>
internal sealed class RefusedException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    /// <summary>Whether the same call may go well a little later.</summary>
    public bool IsPassing => Problem.Status == (int)System.Net.HttpStatusCode.ServiceUnavailable;
}
