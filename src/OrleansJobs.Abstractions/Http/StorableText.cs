using System.Buffers;
using System.Text;

namespace OrleansJobs.Http;

/// <summary>Text that every store can hold: well-formed, and without the character NUL, which databases refuse.</summary>
public static class StorableText
{
    /// <summary>What text has to be, for error messages.</summary>
    public const string Expected = "text in valid Unicode without U+0000";

    /// <summary>Whether the text is such a one.</summary>
    public static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
