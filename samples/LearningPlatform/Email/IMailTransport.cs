using MimeKit;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Takes messages over.</summary>
public interface IMailTransport
{
    /// <summary>Hands over a message; answers where it went. An error other than a refusal says that it could not be handed over now.</summary>
    /// <exception cref="MailRefusedException">It was refused for good.</exception>
    Task<string> SendAsync(MimeMessage message, JobContext context);
}
