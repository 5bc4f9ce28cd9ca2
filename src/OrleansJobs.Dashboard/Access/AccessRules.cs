using System.Buffers;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>What access options have to keep to.</summary>
internal static class AccessRules
{
    private const int HashLength = 64;
    private const string Roles = "viewer, operator or admin";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The role of this name; null if there is none.</summary>
    public static AccessRole? RoleOf(string? text) => text?.ToLowerInvariant() switch
    {
        "viewer" => AccessRole.Viewer,
        "operator" => AccessRole.Operator,
        "admin" => AccessRole.Admin,
        _ => null,
    };

    public static IEnumerable<string> Check(OrleansJobsAccessOptions options)
    {
        const string Section = OrleansJobsAccessOptions.Section;
        if (options.Keys.Count > AccessLimits.MaxKeys)
        {
            yield return $"{Section}:Keys has {options.Keys.Count} keys; allowed are up to {AccessLimits.MaxKeys}.";
        }

        foreach (var fault in options.Keys.SelectMany(key => CheckKey($"{Section}:Keys:{key.Key}", key.Key, key.Value)))
        {
            yield return fault;
        }

        foreach (var (name, length) in new[]
                 {
                     (nameof(options.SignInLifetime), options.SignInLifetime), (nameof(options.SignInIdleTimeout), options.SignInIdleTimeout),
                 })
        {
            if (length < AccessLimits.MinSignInLifetime || length > AccessLimits.MaxSignInLifetime)
            {
                yield return $"{Section}:{name} is {JobDuration.Format(length)}; allowed is "
                    + $"{JobDuration.Format(AccessLimits.MinSignInLifetime)} to {JobDuration.Format(AccessLimits.MaxSignInLifetime)}.";
            }
        }

        foreach (var (jobClass, role) in options.Reveal.Where(reveal => RoleOf(reveal.Value) is null or AccessRole.Viewer))
        {
            yield return $"{Section}:Reveal:{jobClass} is '{role}'; allowed is operator or admin.";
        }

        foreach (var host in options.Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return $"{Section}:Hosts has '{host}'; allowed is a host's name or address without a port.";
        }
    }

    /// <summary>The hash itself is not told: whoever has put a key there would read it in a log.</summary>
    private static IEnumerable<string> CheckKey(string path, string name, ApiKeyOptions key)
    {
        if (!ApiKey.IsName(name))
        {
            yield return $"{path}: '{name}' is no name for a key; allowed is {ApiKey.ExpectedName}.";
        }

        if (key.Hash.Length != HashLength || key.Hash.AsSpan().ContainsAnyExcept(HexDigits))
        {
            yield return ApiKey.NameOf(key.Hash) is null
                ? $"{path}:Hash has {key.Hash.Length} characters; allowed is a SHA-256 in {HashLength} hexadecimal digits, as `jobs key new` prints it."
                : $"{path}:Hash is a key; allowed is its SHA-256 in {HashLength} hexadecimal digits. Make a new key: this one has been written down.";
        }

        if (RoleOf(key.Role) is null)
        {
            yield return $"{path}:Role is '{key.Role}'; allowed is {Roles}.";
        }
    }
}
