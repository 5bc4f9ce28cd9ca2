namespace LearningPlatform.Email;

/// <summary>Send an email.</summary>
/// <param name="To">The recipient: <c>ada@example.org</c> or <c>Ada &lt;ada@example.org&gt;</c>.</param>
/// <param name="Subject">The subject, in one line.</param>
/// <param name="Body">The text.</param>
/// <param name="From">The sender; the platform's own if null.</param>
/// <param name="ReplyTo">Where answers go; to the sender if null.</param>
public sealed record SendEmail(string To, string Subject, string Body, string? From = null, string? ReplyTo = null);
