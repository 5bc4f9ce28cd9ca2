using System.Text;

namespace LearningPlatform.Files;

/// <summary>Names for files made from other files.</summary>
internal static class FileNames
{
    /// <summary>File systems allow 255 bytes; the rest is for endings.</summary>
    private const int MaxStemBytes = 160;

    /// <summary>The last part of a path, cut so that endings fit behind it.</summary>
    public static string StemOf(string path)
    {
        var name = Path.GetFileName(path);
        var stem = new StringBuilder();
        var bytes = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxStemBytes)
                break;
            stem.Append(rune);
        }

        return stem.ToString();
    }
}
