using System.Text.RegularExpressions;

namespace OrleansJobs.Grains.Silos;

/// <summary>Makes the full names that Orleans gives to kinds of grain readable.</summary>
internal static class GrainTypeText
{
    private static readonly Regex Arity = new(@"`\d+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Assembly = new(@",[^\[\],<>]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Namespace = new(@"(\w+[.+])+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary><c>A.B.WorkerGrain`1[[C.Handler,D]],E</c> becomes <c>WorkerGrain&lt;Handler&gt;</c>.</summary>
    public static string Of(string fullName)
    {
        var text = Assembly.Replace(Arity.Replace(fullName, ""), "");
        return Namespace.Replace(text, "").Replace("[[", "<", StringComparison.Ordinal).Replace("],[", ", ", StringComparison.Ordinal)
            .Replace("]]", ">", StringComparison.Ordinal).Replace("[", "<", StringComparison.Ordinal).Replace("]", ">", StringComparison.Ordinal);
    }
}
