using System.Text;
using System.Text.RegularExpressions;

namespace LearningPlatform.Email;

/// <summary>Reads headers with letters beyond ASCII (RFC 2047).</summary>
internal static partial class EncodedWords
{
    /// <summary>How an encoded word starts. The framework decodes one wherever it stands, and with it what it hides.</summary>
    public const string Start = "=?";

    /// <summary>The text behind the encoding; text that is not encoded stays as it is.</summary>
    /// <exception cref="FormatException">An encoded word is broken.</exception>
    public static string Decode(string header) =>
        Words().Replace(BetweenWords().Replace(header, ""), word => DecodeRun(word.Value));

    /// <summary>Words one behind the other are decoded together: a letter may begin in one and end in the next.</summary>
    private static string DecodeRun(string words) =>
        Encoding.UTF8.GetString([.. Word().Matches(words).SelectMany(word => BytesOf(word.Groups["how"].Value, word.Groups["text"].Value))]);

    private static byte[] BytesOf(string how, string text) => how is "B" or "b"
        ? Convert.FromBase64String(text)
        : QuotedPrintable.Decode(Encoding.ASCII.GetBytes(text.Replace('_', ' ')));

    [GeneratedRegex(@"(?<=\?=)\s+(?==\?utf-8\?)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"(=\?utf-8\?[bq]\?[^?\s]*\?=)+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[bq])\?(?<text>[^?\s]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
