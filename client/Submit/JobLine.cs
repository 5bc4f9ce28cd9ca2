using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>A job to submit, or a line that is none.</summary>
/// <param name="Number">Its place from 1.</param>
/// <param name="Job">The job, with an id.</param>
/// <param name="Fault">Why the line is no job.</param>
internal sealed record JobLine(int Number, SubmitRequest? Job, string? Fault)
{
    /// <summary>Not a line: the input has nothing more at the moment, so what came so far should go out.</summary>
    public static JobLine Idle { get; } = new(0, null, null);
}
