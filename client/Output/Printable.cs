using System.Text;

namespace OrleansJobs.Cli.Output;

/// <summary>Makes text that others wrote fit to print: on one line, and unable to steer the terminal.</summary>
internal static class Printable
{
    private const int MaxValueLength = 400;

    public static string Line(string text) => string.Create(text.Length, text, static (line, from) =>
    {
        for (var index = 0; index < from.Length; index++)
        {
            line[index] = char.IsControl(from[index]) ? ' ' : from[index];
        }
    });

    /// <summary>The bytes as text, cut to what a person wants to see.</summary>
    public static string Bytes(ReadOnlyMemory<byte> bytes)
    {
        var text = Line(Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, MaxValueLength * 4)]));
        return text.Length <= MaxValueLength ? text : $"{text.AsSpan(0, MaxValueLength)}… ({bytes.Length} bytes)";
    }
}
