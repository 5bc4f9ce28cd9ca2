using System.Net;
using OrleansJobs.GridClient;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>
/// Submits a stream of jobs in chunks. Every job has its id before it goes, so a chunk whose answer got lost is sent again and is the
/// same jobs.
/// </summary>
internal sealed class Submitter(GridApi grid, TimeProvider time, Action<SubmitAnswer> onAnswer)
{
    private readonly Patience _patience = new(time);
    private SubmitChunk _chunk = new();
    private bool _reached;

    public async Task RunAsync(IAsyncEnumerable<JobLine> lines, CancellationToken cancellationToken)
    {
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (line.Fault is { } fault)
            {
                onAnswer(Refusal(line.Number, fault));
            }
            else if (line.Job is { } job)
            {
                _chunk.Add(line.Number, job);
            }

            if (_chunk.IsFull || line == JobLine.Idle)
            {
                await SendAsync(cancellationToken);
            }
        }

        await SendAsync(cancellationToken);
    }

    private static SubmitAnswer Refusal(int number, string fault) => new()
    {
        Line = number,
        Status = SubmitStatus.Refused,
        Error = new ApiProblem
        {
            Type = ApiProblem.TypePrefix + "invalid-request",
            Title = "Invalid request",
            Status = (int)HttpStatusCode.BadRequest,
            Detail = fault,
            Code = "invalid-request",
        },
    };

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_chunk.IsEmpty)
        {
            return;
        }

        var (chunk, json) = (_chunk, _chunk.ToArray());
        _chunk = new SubmitChunk();
        Task<List<SubmitAnswer>> SendOnce() => grid.SubmitManyAsync(json, cancellationToken);

        // A grid that was never there is told at once; one that goes away on the way may be restarting.
        var answers = _reached ? await _patience.TryAsync(SendOnce, cancellationToken) : await SendOnce();
        _reached = true;
        foreach (var (number, answer) in chunk.Numbers.Zip(answers))
        {
            onAnswer(answer with { Line = number });
        }
    }
}
