using System.Net.Mail;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Takes messages over.</summary>
public interface IMailTransport
{
    /// <summary>Hands over a message; answers where it went.</summary>
    /// <exception cref="MailRefusedException">It was refused for good.</exception>
    /// <exception cref="SmtpException">It could not be handed over now.</exception>
    Task<string> SendAsync(MailMessage message, JobContext context);
}
