using System.Security.Cryptography;
using System.Text;

namespace LearningPlatform.Demo.Folder;

/// <summary>A file that gets its jobs.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record DemoFile(string Path, long Bytes, DateTimeOffset ModifiedAt)
{
    /// <summary>What tells the file, as it is now, from all others: the same file gives the same jobs, a changed one new ones.</summary>
    public string UniqueKey =>
        "file-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Path}\0{Bytes}\0{ModifiedAt.UtcTicks}")))[..40];
}
