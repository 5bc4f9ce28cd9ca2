using System.Net;
using System.Net.Mail;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>
/// Sends by SMTP. A crash between the server's answer and the job's end sends a message twice, with the same <c>Message-ID</c>: that is as
/// near to once as SMTP comes.
/// </summary>
public sealed class SmtpTransport(SmtpOptions options) : IMailTransport
{
    /// <summary>SMTP replies from here on are refusals for good (RFC 5321 §4.2.1).</summary>
    private const int FirstPermanentReply = 500;

    /// <summary>Not available, from a server that speaks no TLS or none that wants a login: a matter of set-up, which may be put right.</summary>
    private static readonly SmtpStatusCode[] SetUpReplies =
        [SmtpStatusCode.MustIssueStartTlsFirst, SmtpStatusCode.CommandUnrecognized, SmtpStatusCode.BadCommandSequence, SmtpStatusCode.CommandNotImplemented];

    /// <inheritdoc/>
    public async Task<string> SendAsync(MailMessage message, JobContext context)
    {
        using var client = new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.UseTls,
            Credentials = options.UserName is null ? null : new NetworkCredential(options.UserName, options.Password),
        };
        try
        {
            await client.SendMailAsync(message, context.CancellationToken);
        }
        catch (SmtpException exception) when (IsPermanent(exception.StatusCode))
        {
            throw new MailRefusedException($"{options} refused the message ({(int)exception.StatusCode}): {exception.Message}", exception);
        }

        return options.ToString();
    }

    private static bool IsPermanent(SmtpStatusCode reply) => (int)reply >= FirstPermanentReply && !SetUpReplies.Contains(reply);
}
