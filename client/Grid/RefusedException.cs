using System.Net;
using OrleansJobs.Http;

namespace OrleansJobs.GridClient;

/// <summary>The grid answered with an error.</summary>
internal sealed class RefusedException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    /// <summary>Whether the same call may go well a little later. A proxy before a grid that restarts says so in its own words.</summary>
    public bool IsPassing => (HttpStatusCode)Problem.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
}
