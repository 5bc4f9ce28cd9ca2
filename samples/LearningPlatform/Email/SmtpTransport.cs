using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
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

    /// <summary>Not available, from a server that takes no login or wants another order: a matter of set-up, which may be put right.</summary>
    private static readonly SmtpStatusCode[] SetUpReplies =
        [SmtpStatusCode.CommandUnrecognized, SmtpStatusCode.CommandNotImplemented, SmtpStatusCode.BadCommandSequence];

    /// <inheritdoc/>
    public async Task<string> SendAsync(MimeMessage message, JobContext context)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(
            options.Host, options.Port, options.UseTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, context.CancellationToken);
        if (options is { UserName: { } name, Password: { } password })
            await client.AuthenticateAsync(name, password, context.CancellationToken);
        try
        {
            await client.SendAsync(message, context.CancellationToken);
        }
        catch (SmtpCommandException exception) when (IsPermanent(exception.StatusCode))
        {
            throw new MailRefusedException($"{options} refused the message ({(int)exception.StatusCode}): {exception.Message}", exception);
        }

        await client.DisconnectAsync(quit: true, context.CancellationToken);
        return options.ToString();
    }

    private static bool IsPermanent(SmtpStatusCode reply) => (int)reply >= FirstPermanentReply && !SetUpReplies.Contains(reply);
}
