using System.Globalization;
using System.Text;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Core.Submission;

/// <summary>Collects what is wrong with a set of values; each fault is a sentence with the key, the value and what is allowed.</summary>
/// <param name="prefix">Stands before every key, such as <c>email.</c></param>
internal sealed class FaultList(string prefix = "")
{
    private const int LongestShownValue = 80;
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> All => _faults;

    public void Add(string key, string value, string allowed) => _faults.Add($"{prefix}{key} is {value}; allowed is {allowed}.");

    public void Range(string key, int value, int from, int to)
    {
        if (value < from || value > to)
        {
            Add(key, $"{value}", $"{from} to {to}");
        }
    }

    public void Range(string key, double value, double from, double to)
    {
        if (!(value >= from && value <= to))
        {
            Add(key, value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{from} to {to}"));
        }
    }

    public void Range(string key, TimeSpan value, TimeSpan from, TimeSpan to)
    {
        if (value < from || value > to)
        {
            Add(key, $"{value:c}", $"{from:c} to {to:c}");
        }
    }

    public void Text(string key, string? value, int shortest, int longest)
    {
        if (value is null || value.Length < shortest || value.Length > longest || !IsPlain(value))
        {
            Add(key, Show(value), $"text of {shortest} to {longest} characters without control characters");
        }
    }

    /// <summary>The value as a fault shows it: quoted, in one line, and not at length.</summary>
    public static string Show(string? value)
    {
        if (value is null)
        {
            return "missing";
        }

        var shown = new StringBuilder("'");
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, LongestShownValue)))
        {
            shown.Append(char.IsControl(character) || char.IsSurrogate(character) ? $"\\u{(int)character:x4}" : character);
        }

        shown.Append(value.Length > LongestShownValue ? $"…' ({value.Length} characters)" : "'");
        return shown.ToString();
    }

    private static bool IsPlain(string value) => StorableText.Is(value) && !HasControl(value);

    private static bool HasControl(string value)
    {
        foreach (var letter in value)
        {
            if (char.IsControl(letter))
            {
                return true;
            }
        }

        return false;
    }
}
