using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Lets keys in.</summary>
internal sealed partial class KeyGate
{
    /// <summary>Stands for the names that nobody has, so that trying them shares one count.</summary>
    private const string UnknownName = "";
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly Dictionary<string, (byte[] Hash, AccessRole Role)> _keys;
    private readonly FailedKeys _failed;
    private readonly ILogger<KeyGate> _log;

    public KeyGate(IOptions<OrleansJobsAccessOptions> options, FailedKeys failed, ILogger<KeyGate> log)
    {
        _keys = options.Value.Keys.ToDictionary(
            key => key.Key, key => (Convert.FromHexString(key.Value.Hash), AccessRules.RoleOf(key.Value.Role)!.Value), StringComparer.Ordinal);
        _failed = failed;
        _log = log;
    }

    /// <summary>The name and role of a key.</summary>
    /// <exception cref="HttpFault">No such key is let in, or too many wrong ones came from there.</exception>
    public (string Name, AccessRole Role) Admit(string text, IPAddress? from)
    {
        var claimed = ApiKey.NameOf(text);
        var name = claimed is not null && _keys.ContainsKey(claimed) ? claimed : UnknownName;
        if (_failed.Barred(from, name) is { } pause)
        {
            throw HttpFault.TooManyKeys(pause);
        }

        // An unknown name takes the same time as a known one with a wrong secret.
        var (hash, role) = _keys.GetValueOrDefault(name, (NoHash, default));
        if (CryptographicOperations.FixedTimeEquals(ApiKey.HashBytes(text), hash))
        {
            return (name, role);
        }

        _failed.Add(from, name);
        KeyRefused(from, name == UnknownName ? "of no known name" : name);
        throw HttpFault.WrongKey();
    }

    /// <summary>What a sign-in remembers of its key: no secret, but another one as soon as the key is replaced.</summary>
    public string StampOf(string name) => Convert.ToHexStringLower(SHA256.HashData(_keys[name].Hash));

    /// <summary>The role that a key has now; null if it is gone, or another by the same name.</summary>
    public AccessRole? RoleOf(string? name, string? stamp) => name is not null && _keys.TryGetValue(name, out var key) && StampOf(name) == stamp ? key.Role : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a key from {Address}: {Name}.")]
    private partial void KeyRefused(IPAddress? address, string name);
}
