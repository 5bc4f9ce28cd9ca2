namespace LearningPlatform.Email;

/// <summary>A mail server refused a message for good: sending it again would not help.</summary>
public sealed class MailRefusedException(string message, Exception inner) : Exception(message, inner);
