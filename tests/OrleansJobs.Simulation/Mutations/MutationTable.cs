using System.Globalization;
using System.Reflection;
using System.Text;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>Applies every mutation and sees which checker catches it.</summary>
internal static class MutationTable
{
    /// <summary>Seeds that a mutation is given to be caught.</summary>
    public const int Budget = 500;

    /// <summary>Tries mutations, on every core; the results come in the order of the list.</summary>
    public static IReadOnlyList<MutationResult> TryAll(IReadOnlyList<Mutation> mutations, MutantCompiler compiler)
    {
        var results = new MutationResult[mutations.Count];
        Parallel.For(0, mutations.Count, Campaign.OnEveryCore, index => results[index] = Try(mutations[index], compiler));
        return results;
    }

    /// <summary>Tries one mutation.</summary>
    public static MutationResult Try(Mutation mutation, MutantCompiler compiler) => mutation switch
    {
        CoreMutation core => Try(core, compiler),
        ProtocolMutation protocol => Campaign.FirstFailure(mutation.FirstSeed, Budget, protocol.Protocol) is { } found
            ? new MutationResult(mutation.Name, found.Checker, found.Words, found.Seeds)
            : MutationResult.Missed(mutation.Name),
        _ => throw new ArgumentException($"There is no way to apply {mutation.GetType().Name}.", nameof(mutation)),
    };

    public static string Heading { get; } = Row("mutation", "caught by", "seeds", "what was seen");

    public static string Row(MutationResult result) => Row(
        result.Mutation, result.Checker ?? "NOBODY", result.Seeds.ToString(CultureInfo.InvariantCulture), result.Words ?? "nothing");

    private static MutationResult Try(CoreMutation mutation, MutantCompiler compiler)
    {
        var simulator = new MutantContext(compiler.Compile(mutation)).LoadSimulator();
        var probe = simulator.GetType(typeof(Probe).FullName!)!.GetMethod(nameof(Probe.Run))!;
        return (string[]?)probe.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [mutation.FirstSeed, Budget], null) is [var checker, var words, var seeds]
            ? new MutationResult(mutation.Name, checker, words, int.Parse(seeds, CultureInfo.InvariantCulture))
            : MutationResult.Missed(mutation.Name);
    }

    private static string Row(string mutation, string checker, string seeds, string words) =>
        new StringBuilder().Append(CultureInfo.InvariantCulture, $"{mutation,-50}  {checker,-13}  {seeds,5}  {words}").ToString();
}
