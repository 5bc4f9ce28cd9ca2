namespace OrleansJobs.Architecture.Tests;

internal static class Rule
{
    /// <summary>Fails with every violation in full, one a line.</summary>
    public static void Holds(IEnumerable<string> violations)
    {
        var found = violations.ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
    }
}
