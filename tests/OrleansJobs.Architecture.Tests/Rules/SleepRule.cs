using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Tests wait for signals or move a fake clock; they do not wait by the clock on the wall.</summary>
internal static class SleepRule
{
    /// <summary>Files that may wait by the clock, each with its reason. A file that does not any more has to leave the list.</summary>
    public static readonly IReadOnlyDictionary<string, string> Exempt = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tests/OrleansJobs.ProcessKit/Clock.cs"] = "What these tests wait for happens in other processes, which give no signal.",
        ["tests/OrleansJobs.Packages.Tests/Kit/OutsideProcess.cs"] = "The same holds for applications outside the repository.",
        ["tests/OrleansJobs.TestKit/PgBouncer.cs"] = "A PgBouncer tells that it is ready only by answering.",
        ["tests/OrleansJobs.TestKit/PostgresServer.cs"] = "A PostgreSQL server tells that it is ready only by answering.",
    };

    public static IEnumerable<string> Violations(SourceFile file) =>
        MemberUse.Of(file, "Thread", "Sleep").Concat(MemberUse.Of(file, "Task", "Delay").Where(WaitsByTheClock))
            .Select(access => file.At(access, $"waits by the clock ({access})"));

    /// <summary>A delay without end only waits for its token, and one with a time provider for the clock that the test moves.</summary>
    private static bool WaitsByTheClock(MemberAccessExpressionSyntax delay)
    {
        var arguments = MemberUse.Arguments(delay) ?? [];
        var isEndless = arguments.Count > 0 && arguments[0].ToString().Contains("Infinite", StringComparison.Ordinal);
        return !isEndless && !arguments.Skip(1).Any(NamesAClock);
    }

    private static bool NamesAClock(ArgumentSyntax argument) =>
        argument.ToString().Contains("time", StringComparison.OrdinalIgnoreCase)
        || argument.ToString().Contains("clock", StringComparison.OrdinalIgnoreCase);
}
