using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Workers.Settings;

/// <summary>The keys of a section that somebody reads, and what to say of the others.</summary>
internal sealed class KnownKeys
{
    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _trees = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A key that holds a value.</summary>
    public void Add(string key) => _keys.Add(key);

    /// <summary>A key below which everything is known to somebody else.</summary>
    public void AddAll(string key) => _trees.Add(key);

    /// <summary>A fault for each key that is not known.</summary>
    public IEnumerable<string> Unknown(IConfigurationSection section) => Unknown(section, "");

    private IEnumerable<string> Unknown(IConfigurationSection parent, string prefix)
    {
        foreach (var child in parent.GetChildren().Where(child => !_trees.Contains(prefix + child.Key)))
        {
            var key = prefix + child.Key;
            if (NamesBelow(key + ":").Any())
            {
                foreach (var fault in child.Value is { Length: > 0 } value ? [HoldsOthers(child, key, value)] : Unknown(child, key + ":"))
                {
                    yield return fault;
                }
            }
            else if (!_keys.Contains(key))
            {
                yield return Fault(parent, prefix, child.Key);
            }
            else if (child.GetChildren().Any())
            {
                yield return $"{child.Path} is one value, not a section; {string.Join(", ", child.GetChildren().Select(below => below.Path))} cannot be there.";
            }
        }
    }

    private string HoldsOthers(IConfigurationSection child, string key, string value) =>
        $"{child.Path} is '{value}'; it has to be a section with {string.Join(", ", NamesBelow(key + ":"))}.";

    /// <summary>A name that is known in another section only was probably put into the wrong one.</summary>
    private string Fault(IConfigurationSection parent, string prefix, string name)
    {
        List<string> siblings = [.. NamesBelow(prefix)];
        var elsewhere = UnknownName.Nearest(name, siblings) is null
            ? _keys.Order(StringComparer.Ordinal).FirstOrDefault(key => key.EndsWith(":" + name, StringComparison.OrdinalIgnoreCase))
            : null;
        var root = parent.Path[..(parent.Path.Length - (prefix.Length == 0 ? 0 : prefix.Length))];
        return elsewhere is null
            ? UnknownName.Fault(parent.Path, name, siblings)
            : $"{parent.Path}:{name} is not a setting; did you mean {root}:{elsewhere}?";
    }

    private IEnumerable<string> NamesBelow(string prefix) => _keys.Concat(_trees)
        .Where(key => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .Select(key => key[prefix.Length..].Split(':')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
