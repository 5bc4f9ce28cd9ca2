using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Makes the submission of a request. Where this process knows what the class carries, a payload that does not fit is refused now; elsewhere
/// the job would be accepted and become a dead letter.
/// </summary>
internal static class CheckedSubmission
{
    /// <exception cref="InvalidRequestException">The request is not complete, or its payload is not valid for its class.</exception>
    public static JobSubmission Of(SubmitRequest request, ApiCall call)
    {
        var submission = request.ToSubmission(JobId.New(call.Now));
        return call.Http.RequestServices.GetService<IPayloadCheck>()?.FaultOf(submission) is { } fault
            ? throw new InvalidRequestException(fault)
            : submission;
    }
}
