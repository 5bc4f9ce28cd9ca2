using System.Text;

namespace OrleansJobs.GridClient;

/// <summary>The query of an address, escaped.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a key; null adds nothing.</summary>
    public QueryText Add(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
