using System.Text;
using MimeKit;
using MimeKit.Text;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Makes the message of an email job: the same bytes at every attempt, so that a repeat can be recognised.</summary>
internal static class EmailComposer
{
    /// <summary>Longest subject, in characters (the longest header line of RFC 5322).</summary>
    public const int MaxSubjectLength = 998;

    /// <summary>How an encoded word starts. A reader decodes one wherever it stands, and with it what it hides.</summary>
    private const string EncodedWord = "=?";

    /// <summary>Why the email cannot be sent, or null. A line break in a header would let the rest in as headers of its own.</summary>
    public static string? FaultOf(SendEmail email)
    {
        if (EmailAddress.FaultOf(email.To) is { } to)
            return $"To is '{Shown(email.To)}': {to}";
        if (email.From is not null && EmailAddress.FaultOf(email.From) is { } from)
            return $"From is '{Shown(email.From)}': {from}";
        if (email.ReplyTo is not null && EmailAddress.FaultOf(email.ReplyTo) is { } reply)
            return $"ReplyTo is '{Shown(email.ReplyTo)}': {reply}";
        if (string.IsNullOrWhiteSpace(email.Subject) || email.Subject.Length > MaxSubjectLength)
            return $"Subject has {email.Subject?.Length ?? 0} characters; it must have 1 to {MaxSubjectLength}.";
        if (email.Subject.Any(IsLineBreakOrControl))
            return $"Subject is '{Shown(email.Subject)}': a subject is one line without control characters.";
        if (email.Subject.Contains(EncodedWord, StringComparison.Ordinal))
            return $"Subject is '{email.Subject}': '{EncodedWord}' would be taken for an encoded word.";
        return email.Body is null ? "Body is missing." : null;
    }

    /// <summary>The message of an email without faults. Its date is that of the submit, its id that of the job: both are the same at every attempt.</summary>
    public static MimeMessage Compose(SendEmail email, string defaultSender, JobContext context)
    {
        var sender = EmailAddress.Read(email.From ?? defaultSender);
        var text = new TextPart(TextFormat.Plain) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        text.SetText(Encoding.UTF8, email.Body.ReplaceLineEndings("\r\n"));
        var message = new MimeMessage([sender], [EmailAddress.Read(email.To)], email.Subject, text)
        {
            Date = context.SubmittedAt,
            MessageId = $"{context.JobId}@{HostOf(sender)}",
        };
        if (email.ReplyTo is not null)
            message.ReplyTo.Add(EmailAddress.Read(email.ReplyTo));
        return message;
    }

    /// <summary>The host of an address, in ASCII.</summary>
    private static string HostOf(MailboxAddress address)
    {
        var text = address.GetAddress(idnEncode: true);
        return text[(text.LastIndexOf('@') + 1)..];
    }

    private static bool IsLineBreakOrControl(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static string Shown(string? text) =>
        string.Concat((text ?? "").Take(EmailAddress.MaxLength).Select(character => IsLineBreakOrControl(character) ? '\uFFFD' : character));
}
