using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Input;

/// <summary>Makes options and arguments whose values are checked as they are read.</summary>
internal static class CliOptions
{
    private delegate bool TryParse<T>(string text, out T value);

    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<int?> Number(string name, string description) => new(name) { Description = description, HelpName = "N" };

    public static Option<TimeSpan?> Duration(string name, string description) =>
        Parsed<TimeSpan>(name, description, "DURATION", JobDuration.TryParse, JobDuration.Expected);

    public static Option<DateTimeOffset?> Time(string name, string description) =>
        Parsed<DateTimeOffset>(name, description, "TIME", OffsetTime.TryParse, OffsetTime.Expected);

    public static Option<Rate?> Rate(string name, string description) =>
        Parsed<Rate>(name, description, "RATE", OrleansJobs.Rate.TryParse, OrleansJobs.Rate.Expected);

    public static Option<JobId?> Id(string name, string description) =>
        Parsed<JobId>(name, description, "ID", TryParseId, "a job id (a UUID)");

    public static Option<JobState?> State(string name, string description) =>
        Parsed<JobState>(name, description, "STATE", TryParseState, "one of " + string.Join(", ", Enum.GetNames<JobState>()));

    public static Option<AccessRole?> Role(string name, string description)
    {
        var option = Parsed<AccessRole>(name, description, "ROLE", TryParseRole, "viewer, operator or admin");
        option.Required = true;
        return option;
    }

    public static Argument<string> Class() => new("CLASS") { Description = "The job class." };

    public static Argument<JobId> Id() => new("ID")
    {
        Description = "The job's id.",
        CustomParser = result => ParseId(result, result.Tokens[0].Value),
    };

    public static Argument<JobId[]> Ids() => new("ID")
    {
        Description = "The jobs' ids.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => ParseId(result, token.Value))],
    };

    private static Option<T?> Parsed<T>(string name, string description, string helpName, TryParse<T> tryParse, string expected)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                if (tryParse(result.Tokens[0].Value, out var value))
                {
                    return value;
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; expected {expected}.");
                return null;
            },
        };

    private static JobId ParseId(ArgumentResult result, string text)
    {
        if (!TryParseId(text, out var id))
        {
            result.AddError($"'{text}' is not a job id (a UUID).");
        }

        return id;
    }

    private static bool TryParseId(string text, out JobId id) => JobId.TryParse(text, null, out id);

    private static bool TryParseRole(string text, out AccessRole role)
    {
        role = default;
        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out role);
    }

    private static bool TryParseState(string text, out JobState state)
    {
        state = default;
        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out state);
    }
}
