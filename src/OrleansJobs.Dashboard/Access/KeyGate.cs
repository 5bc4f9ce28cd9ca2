using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Lets keys in.</summary>
internal sealed partial class KeyGate(KnownKeys keys, FailedKeys failed, ILogger<KeyGate> log)
{
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

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
        var key = keys.Find(claimed);
        if (CryptographicOperations.FixedTimeEquals(ApiKey.HashBytes(text), key?.Hash ?? NoHash) && key is not null)
        {
            return (claimed, key.Role);
        }

        if (failed.Barred(from) is { } pause)
        {
            throw HttpFault.TooManyKeys(pause);
        }

        failed.Add(from);
        KeyRefused(from, key is null ? "of no known name" : claimed, http.Request.Method, OneLine.Of(http.Request.Path));
        throw HttpFault.WrongKey(key is null ? null : claimed);
    }

    /// <summary>What a sign-in remembers of its key: no secret, but another one as soon as the key is replaced. Null if it is gone.</summary>
    public string? StampOf(string name) => keys.Find(name) is { } key ? Convert.ToHexStringLower(SHA256.HashData(key.Hash)) : null;

    /// <summary>The role that a key has now; null if it is gone, or another by the same name.</summary>
    public AccessRole? RoleOf(string? name, string? stamp) => name is not null && stamp is not null && StampOf(name) == stamp ? keys.Find(name)?.Role : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a key from {Address}: {Name}, {Method} {Path}.")]
    private partial void KeyRefused(IPAddress? address, string name, string method, string path);
}
