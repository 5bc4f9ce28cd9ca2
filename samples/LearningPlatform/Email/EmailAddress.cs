using MimeKit;

namespace LearningPlatform.Email;

/// <summary>Reads addresses that mail can go to.</summary>
internal static class EmailAddress
{
    /// <summary>Longest address with its display name, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>Longest part before the at sign, in characters (RFC 5321).</summary>
    private const int MaxLocalPartLength = 64;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Why the text is no address, or null.</summary>
    public static string? FaultOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "an address is needed.";
        if (text.Length > MaxLength)
            return $"an address has at most {MaxLength} characters.";
        if (text.Any(char.IsControl))
            return "an address has no control characters.";
        if (!MailboxAddress.TryParse(Strict, text, out var address))
            return "it is not one email address.";
        // A name in encoded words may hide what the text itself does not show.
        if (address.Name?.Any(char.IsControl) == true)
            return "the name in an address has no control characters.";
        if (address.LocalPart.Length > MaxLocalPartLength || !address.LocalPart.All(char.IsAscii))
            return $"the part before '@' has at most {MaxLocalPartLength} characters, all of them ASCII.";
        return Uri.CheckHostName(address.Domain) is UriHostNameType.Dns or UriHostNameType.IPv4 || address.Domain.StartsWith('[')
            ? null
            : $"'{address.Domain}' is no host name.";
    }

    /// <summary>The address of a text without faults.</summary>
    public static MailboxAddress Read(string text) => MailboxAddress.Parse(Strict, text);
}
