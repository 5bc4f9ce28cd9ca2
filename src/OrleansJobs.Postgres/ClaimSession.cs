using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansJobs.Postgres;

/// <summary>
/// The name of a claim's session: <c>orleansjobs PROCESS MACHINE CLUSTER#HASH SESSION</c>. It tells others which process has the claim and of which
/// cluster it is, and this one which sessions are its own. Before clusters were told, the fourth word was the session.
/// </summary>
internal sealed class ClaimSession
{
    private const string Program = "orleansjobs";
    private const string NoCluster = "-";
    private const int MaxShownCluster = 16;
    private const int HashBytes = 4;

    // The server cuts longer names.
    private const int MaxLength = 63;

    private readonly string _cluster;

    private ClaimSession(string cluster, string text) => (_cluster, Text) = (cluster, text);

    public string Text { get; }

    /// <summary>Whether the session <c>a</c> of <c>pg_stat_activity</c> has a claim for another cluster.</summary>
    public string IsOfAnotherCluster =>
        $"(a.application_name LIKE '{Program} %' AND split_part(a.application_name, ' ', 5) <> '' AND split_part(a.application_name, ' ', 4) <> '{_cluster}')";

    /// <param name="cluster">The cluster; empty for a claim that is of none.</param>
    public static ClaimSession Of(string cluster)
    {
        var tag = TagOf(cluster);
        var end = $" {tag} {Guid.NewGuid().ToString("N")[..8]}";
        var start = $"{Program} {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} {Ascii(Environment.MachineName)}";
        return new ClaimSession(tag, start[..Math.Min(start.Length, MaxLength - end.Length)] + end);
    }

    /// <summary>What a session's name tells of its process; null if it is no claim's.</summary>
    public static (int Process, string Machine, string? Cluster)? Read(string name) =>
        name.Split(' ') is [Program, var process, var machine, var tag, ..] words && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
            ? (id, machine, words.Length == 5 && tag != NoCluster ? tag[..Math.Max(0, tag.LastIndexOf('#'))] : null)
            : null;

    // Its beginning for people, its hash because two may begin alike.
    private static string TagOf(string cluster)
    {
        if (cluster.Length == 0)
        {
            return NoCluster;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster))[..HashBytes]);
        return $"{Ascii(cluster[..Math.Min(cluster.Length, MaxShownCluster)])}#{hash}";
    }

    private static string Ascii(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_'));
}
