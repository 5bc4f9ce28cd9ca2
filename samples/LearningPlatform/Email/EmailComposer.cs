using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Makes the message of an email job: the same bytes at every attempt, so that a repeat can be recognised.</summary>
internal static class EmailComposer
{
    /// <summary>Longest subject, in characters (the longest header line of RFC 5322).</summary>
    public const int MaxSubjectLength = 998;

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
        if (email.Subject.Contains(EncodedWords.Start, StringComparison.Ordinal))
            return $"Subject is '{email.Subject}': '{EncodedWords.Start}' would be taken for an encoded word.";
        return email.Body is null ? "Body is missing." : null;
    }

    /// <summary>The identity of a job's message.</summary>
    public static string MessageIdOf(JobId job, MailAddress sender) => $"<{job}@{sender.Host}>";

    /// <summary>A time as a header has it.</summary>
    public static string DateOf(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>The message of an email without faults.</summary>
    public static MailMessage Compose(SendEmail email, string defaultSender, JobContext context)
    {
        var sender = new MailAddress(email.From ?? defaultSender);
        var message = new MailMessage(sender, new MailAddress(email.To))
        {
            HeadersEncoding = Encoding.UTF8,
            Subject = email.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = email.Body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        if (email.ReplyTo is not null)
            message.ReplyToList.Add(new MailAddress(email.ReplyTo));
        message.Headers["Message-ID"] = MessageIdOf(context.JobId, sender);
        return message;
    }

    private static bool IsLineBreakOrControl(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static string Shown(string? text) =>
        string.Concat((text ?? "").Take(EmailAddress.MaxLength).Select(character => IsLineBreakOrControl(character) ? '\uFFFD' : character));
}
