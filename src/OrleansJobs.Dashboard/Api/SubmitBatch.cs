using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// A batch on its way: the lines that are jobs go to the grid, the others are answered here, and all answers come in order.
/// </summary>
internal sealed class SubmitBatch
{
    private readonly ApiCall _call;
    private readonly SubmitAnswer[] _answers;
    private readonly List<JobSubmission> _submissions = [];
    private readonly List<int> _places = [];

    public SubmitBatch(IReadOnlyList<BatchLine> lines, ApiCall call)
    {
        _call = call;
        _answers = new SubmitAnswer[lines.Count];
        for (var place = 0; place < lines.Count; place++)
        {
            Read(lines[place], place);
        }
    }

    public async Task<IReadOnlyList<SubmitAnswer>> SubmitAsync()
    {
        IReadOnlyList<SubmitOutcome> outcomes =
            _submissions.Count == 0 ? [] : await _call.Jobs.SubmitManyAsync(_submissions, _call.Aborted);
        for (var index = 0; index < outcomes.Count; index++)
        {
            var place = _places[index];
            var outcome = await _call.View.OfRepeatAsync(outcomes[index], _submissions[index].JobClass, _call);
            _answers[place] = Answer(outcome) with { Line = _answers[place].Line };
        }

        return _answers;
    }

    private void Read(BatchLine line, int place)
    {
        try
        {
            if (line.Json.Length > HttpLimits.MaxJobBodyBytes)
            {
                throw new PayloadTooLargeException("job's JSON", line.Json.Length, HttpLimits.MaxJobBodyBytes);
            }

            _submissions.Add(CheckedSubmission.Of(StrictJson.Read<SubmitRequest>(line.Json), _call));
            _places.Add(place);
            _answers[place] = new SubmitAnswer { Line = line.Number, Status = SubmitStatus.Accepted };
        }
        catch (JobsException error)
        {
            _answers[place] = new SubmitAnswer { Line = line.Number, Status = SubmitStatus.Refused, Error = ApiErrors.Describe(error) };
        }
    }

    private static SubmitAnswer Answer(SubmitOutcome outcome) => new()
    {
        Id = outcome.Id,
        Status = outcome.Status,
        Error = outcome.Error is null ? null : ApiErrors.Describe(outcome.Error),
    };
}
