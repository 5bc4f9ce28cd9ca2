using System.Text.RegularExpressions;

namespace OrleansJobs.Core.Insight;

/// <summary>What messages that differ only in numbers and ids have in common.</summary>
internal static class MessageShape
{
    // Without backtracking the time is linear in the message, whatever it says.
    private static readonly Regex Varying = new(
        @"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\b\w*?\d\w*",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The message with a # for each UUID and each word that has a digit.</summary>
    public static string Of(string message) => Varying.Replace(message, "#");
}
