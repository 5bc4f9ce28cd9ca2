namespace LearningPlatform.Email;

/// <summary>What became of an email.</summary>
/// <param name="MessageId">Its <c>Message-ID</c>, the same at every attempt.</param>
/// <param name="DeliveredTo">The file it was written to, or the server that took it.</param>
/// <param name="DataDirectory">The platform's data directory, which the pickup folder is below.</param>
public sealed record EmailResult(string MessageId, string DeliveredTo, string DataDirectory);
