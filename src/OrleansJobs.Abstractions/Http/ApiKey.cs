using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OrleansJobs.Http;

/// <summary>
/// The text of an API key: <c>ojk_NAME_SECRET</c>. The name says whose it is and is no secret; the secret is 256 random bits in
/// 43 characters of base64url. Whoever has the text is let in, so only its <see cref="Hash"/> is ever kept.
/// </summary>
public static class ApiKey
{
    /// <summary>What every key begins with, so that scanners for leaked secrets can find one.</summary>
    public const string Prefix = "ojk_";

    /// <summary>Longest name of a key, in characters.</summary>
    public const int MaxNameLength = 32;

    /// <summary>What a name has to be.</summary>
    public const string ExpectedName = "1 to 32 of a-z and 0-9, beginning with a letter";

    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const char Separator = '_';

    /// <summary>Makes a key of this name.</summary>
    /// <exception cref="InvalidRequestException">The name is not valid.</exception>
    public static string New(string name)
    {
        if (!IsName(name))
        {
            throw new InvalidRequestException($"'{name}' is no name for a key; expected {ExpectedName}.");
        }

        return $"{Prefix}{name}{Separator}{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
    }

    /// <summary>Whether the text may be the name of a key.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && char.IsAsciiLetterLower(text[0])
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));

    /// <summary>The name in a text that has the form of a key; null if it has not.</summary>
    public static string? NameOf(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > Prefix.Length + MaxNameLength + 1 + SecretLength)
        {
            return null;
        }

        var end = text.IndexOf(Separator, Prefix.Length);
        return end > 0 && IsName(text[Prefix.Length..end]) && IsSecret(text.AsSpan(end + 1)) ? text[Prefix.Length..end] : null;
    }

    /// <summary>The SHA-256 of a key, in 64 lower-case hexadecimal digits: what a configuration holds.</summary>
    /// <remarks>
    /// A slow hash with a salt guards passwords, because people choose those from few. Nobody finds 256 random bits by trying, from their
    /// hash or otherwise, and no two keys are the same; so a fast hash is as good here, and costs nothing on every call.
    /// </remarks>
    public static string Hash(string key) => Convert.ToHexStringLower(HashBytes(key));

    /// <summary>The SHA-256 of a key.</summary>
    public static byte[] HashBytes(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static bool IsSecret(ReadOnlySpan<char> text) => text.Length == SecretLength && Base64Url.IsValid(text);
}
