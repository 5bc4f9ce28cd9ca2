using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Commands;

/// <summary><c>jobs class CLASS set …</c></summary>
internal sealed class ClassSetCommand
{
    private readonly Option<int?> _workers = CliOptions.Number("--max-local-workers", "Jobs that one silo runs at once.");

    private readonly Option<int?> _concurrent =
        CliOptions.Number("--max-concurrent", "Jobs that the cluster runs at once; 0 lifts the limit.");

    private readonly Option<int?> _perTenant =
        CliOptions.Number("--max-concurrent-per-tenant", "Jobs of one tenant that the cluster runs at once; 0 lifts the limit.");

    private readonly Option<Rate?> _rate = CliOptions.Rate("--rate", $"Starts per period in the cluster: {Rate.Expected}.");
    private readonly Option<int?> _burst = CliOptions.Number("--burst", "Starts that an idle class may save up; goes with --rate.");

    private readonly Option<Dictionary<string, int>?> _weights = new("--weight")
    {
        Description = "A tenant's weight, such as acme=3; 1 takes it away. May be given for several tenants.",
        HelpName = "TENANT=N",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseWeights,
    };

    public static Command Create(CliRoot cli, Argument<string> jobClass)
    {
        var set = new ClassSetCommand();
        var command = new Command("set", "Change limits in the whole cluster, now and for good. What is not named stays.")
        {
            set._workers, set._concurrent, set._perTenant, set._rate, set._burst, set._weights,
        };
        cli.OnRun(command, async (parse, session, cancellationToken) =>
        {
            var (name, change) = (parse.GetValue(jobClass)!, set.ChangeOf(parse));
            return ClassCommands.Show(session, name, await session.Grid.ChangeClassAsync(name, change, cancellationToken));
        });
        return command;
    }

    private JobClassChange ChangeOf(ParseResult parse)
    {
        var change = new JobClassChange
        {
            MaxLocalWorkers = parse.GetValue(_workers),
            MaxConcurrentJobs = parse.GetValue(_concurrent),
            MaxConcurrentJobsPerTenant = parse.GetValue(_perTenant),
            Rate = RateOf(parse),
            TenantWeights = parse.GetValue(_weights),
        };
        return change == new JobClassChange() ? throw new UsageException("Nothing to set; see --help for the limits.") : change;
    }

    private Rate? RateOf(ParseResult parse) => (parse.GetValue(_rate), parse.GetValue(_burst)) switch
    {
        (var rate, null) => rate,
        ({ IsUnlimited: false } rate, { } burst) => rate with { Burst = burst },
        _ => throw new UsageException("--burst goes with a --rate that is a limit."),
    };

    private static Dictionary<string, int>? ParseWeights(ArgumentResult result)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var equals = text.LastIndexOf('=');
            if (equals < 0 || !int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var weight))
            {
                result.AddError($"--weight is '{text}'; expected TENANT=N, such as acme=3.");
                return null;
            }

            weights[text[..equals]] = weight;
        }

        return weights;
    }
}
