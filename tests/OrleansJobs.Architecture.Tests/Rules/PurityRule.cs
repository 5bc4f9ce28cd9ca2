using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Core decides and does nothing else: no tasks, no clock, no randomness of its own, no input and output.</summary>
internal static class PurityRule
{
    private static readonly HashSet<string> Banned =
    [
        "Task", "ValueTask", "IAsyncEnumerable", "TaskCompletionSource", "CancellationToken", "TimeProvider", "Timer", "PeriodicTimer",
        "Thread", "Interlocked", "SemaphoreSlim", "File", "Directory", "Stream", "Console", "HttpClient", "Socket", "DbConnection",
    ];

    public static IEnumerable<string> Violations(SourceFile file) => Words(file)
        .Concat(MemberUse.Of(file, "Random", "Shared").Select(access => file.At(access, "makes randomness of its own")))
        .Concat(MemberUse.Of(file, "Guid", "NewGuid").Select(access => file.At(access, "makes randomness of its own")));

    private static IEnumerable<string> Words(SourceFile file) => file.Syntax.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.AsyncKeyword) || token.IsKind(SyntaxKind.AwaitKeyword) || token.IsKind(SyntaxKind.LockKeyword)
            || (token.IsKind(SyntaxKind.IdentifierToken) && Banned.Contains(token.Text)))
        .Select(token => file.At(token, $"has {token.Text}, which no pure decision needs"));
}
