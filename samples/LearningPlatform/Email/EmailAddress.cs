using System.Net.Mail;

namespace LearningPlatform.Email;

/// <summary>Tells whether a text is an address that mail can go to.</summary>
internal static class EmailAddress
{
    /// <summary>Longest address with its display name, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>Longest part before the at sign, in characters (RFC 5321).</summary>
    private const int MaxLocalPartLength = 64;

    /// <summary>Why the text is no address, or null.</summary>
    public static string? FaultOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "an address is needed.";
        if (text.Length > MaxLength)
            return $"an address has at most {MaxLength} characters.";
        if (text.Any(char.IsControl))
            return "an address has no control characters.";
        if (text.Contains(EncodedWords.Start, StringComparison.Ordinal))
            return $"'{EncodedWords.Start}' would be taken for an encoded word.";
        // The framework takes all but the last of several addresses for a display name.
        if (!MailAddress.TryCreate(text, out var address) || address.User.Length == 0 || address.DisplayName.Contains('@'))
            return "it is not one email address.";
        if (address.User.Length > MaxLocalPartLength || !address.User.All(char.IsAscii))
            return $"the part before '@' has at most {MaxLocalPartLength} characters, all of them ASCII.";
        return Uri.CheckHostName(address.Host) is UriHostNameType.Dns or UriHostNameType.IPv4 || address.Host.StartsWith('[')
            ? null
            : $"'{address.Host}' is no host name.";
    }
}
