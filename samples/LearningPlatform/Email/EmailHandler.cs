using MimeKit;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>The job of high volume, capped by a provider's rate: sends an email.</summary>
public sealed class EmailHandler(LearningPlatformOptions options, IMailTransport transport) : IJobHandler<SendEmail>
{
    /// <summary>
    /// Sends the email; the result is an <see cref="EmailResult"/>. An address that is none, a header with a line break, and a refusal by
    /// the server are dead letters; a server that cannot be reached, or that refuses for now, fails the attempt.
    /// </summary>
    public async Task<JobResult> HandleAsync(SendEmail payload, JobContext context)
    {
        if (EmailComposer.FaultOf(payload) is { } fault)
            return JobResult.DeadLetter(fault);

        using var message = EmailComposer.Compose(payload, options.Sender, context);
        try
        {
            var place = await transport.SendAsync(message, context);
            return JobResult.Success(new EmailResult(message.Headers[HeaderId.MessageId]!, place, options.DataRoot));
        }
        catch (MailRefusedException exception)
        {
            return JobResult.DeadLetter(exception.Message);
        }
    }
}
