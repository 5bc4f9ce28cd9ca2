using System.CommandLine;
using OrleansJobs.Cli.Input;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Commands;

/// <summary>The options of <c>jobs submit</c> that say something of a job.</summary>
internal sealed class SubmitOptionSet
{
    private readonly Option<JobId?> _id = CliOptions.Id("--id", "The job's id; submitting it again is the same job.");
    private readonly Option<string?> _tenant = CliOptions.Text("--tenant", "Whose job it is.", "TENANT");

    private readonly Option<int?> _priority = CliOptions.Number(
        "--priority",
        $"From {JobLimits.MinPriority} to {JobLimits.MaxPriority}, the highest first [default: {JobLimits.DefaultPriority}]");

    private readonly Option<TimeSpan?> _delay = CliOptions.Duration("--delay", "Run no earlier than this long from now.");
    private readonly Option<DateTimeOffset?> _due = CliOptions.Time("--due", "Run no earlier than this.");
    private readonly Option<string?> _unique = CliOptions.Text("--unique", "Key by which the class has the job only once.", "KEY");
    private readonly Option<int?> _maxAttempts = CliOptions.Number("--max-attempts", "Attempts in all.");
    private readonly Option<TimeSpan?> _timeout = CliOptions.Duration("--timeout", "The longest that one attempt may take.");
    private readonly Option<int?> _cost = CliOptions.Number("--cost", "What the job counts for in its tenant's share [default: 1]");

    private readonly Option<string[]?> _tags = new("--tag")
    {
        Description = "A word to find the job by. May be given several times.",
        HelpName = "TAG",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _id, _tenant, _priority, _delay, _due, _unique, _maxAttempts, _timeout, _cost, _tags })
        {
            command.Options.Add(option);
        }
    }

    public SubmitRequest Read(ParseResult parse) => new()
    {
        Id = parse.GetValue(_id),
        Tenant = parse.GetValue(_tenant),
        Priority = parse.GetValue(_priority),
        Delay = parse.GetValue(_delay),
        DueAt = parse.GetValue(_due),
        UniqueKey = parse.GetValue(_unique),
        MaxAttempts = parse.GetValue(_maxAttempts),
        Timeout = parse.GetValue(_timeout),
        Cost = parse.GetValue(_cost),
        Tags = parse.GetValue(_tags) is { Length: > 0 } tags ? tags : null,
    };
}
