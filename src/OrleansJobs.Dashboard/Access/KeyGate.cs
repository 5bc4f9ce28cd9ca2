using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Lets keys in.</summary>
internal sealed partial class KeyGate
{
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

    /// <summary>
    /// The name and role of a key. The right one is let in whatever came from its address before: with 256 bits nobody guesses it, and a limit
    /// that held it up would let anybody there lock its holder out.
    /// </summary>
    /// <exception cref="HttpFault">No such key is let in; what is told does not depend on whether there is one of its name.</exception>
    public (string Name, AccessRole Role) Admit(string text, HttpContext http)
    {
        var from = http.From();
        // A name that nobody has takes the same steps as a known one with a wrong secret.
        var claimed = ApiKey.NameOf(text) ?? "";
        var isKnown = _keys.TryGetValue(claimed, out var key);
        if (CryptographicOperations.FixedTimeEquals(ApiKey.HashBytes(text), isKnown ? key.Hash : NoHash) & isKnown)
        {
            return (claimed, key.Role);
        }

        if (_failed.Barred(from) is { } pause)
        {
            throw HttpFault.TooManyKeys(pause);
        }

        _failed.Add(from);
        KeyRefused(from, isKnown ? claimed : "of no known name", http.Request.Method, OneLine.Of(http.Request.Path));
        throw HttpFault.WrongKey(isKnown ? claimed : null);
    }

    /// <summary>What a sign-in remembers of its key: no secret, but another one as soon as the key is replaced.</summary>
    public string StampOf(string name) => Convert.ToHexStringLower(SHA256.HashData(_keys[name].Hash));

    /// <summary>The role that a key has now; null if it is gone, or another by the same name.</summary>
    public AccessRole? RoleOf(string? name, string? stamp) => name is not null && _keys.TryGetValue(name, out var key) && StampOf(name) == stamp ? key.Role : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a key from {Address}: {Name}, {Method} {Path}.")]
    private partial void KeyRefused(IPAddress? address, string name, string method, string path);
}
