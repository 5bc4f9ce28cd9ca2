using System.Net.Mail;
using System.Text;
using LearningPlatform.Files;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Writes messages as <c>.eml</c> files, one for each job: a repeated attempt writes the same file again.</summary>
public sealed class PickupFolder(string directory) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<string> SendAsync(MailMessage message, JobContext context)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"{context.JobId}.eml");
        var content = WithDate(await RenderAsync(message, context), EmailComposer.DateOf(context.SubmittedAt));
        await AtomicFile.WriteAsync(path, content, context.LeaseToken.ToString(), context.CancellationToken);
        return path;
    }

    /// <summary>The framework's client writes whole messages only into a folder, under a name of its own; so it gets one of its own.</summary>
    private async Task<byte[]> RenderAsync(MailMessage message, JobContext context)
    {
        var drafts = Path.Combine(directory, $".{context.JobId}.{context.LeaseToken}");
        Directory.CreateDirectory(drafts);
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = drafts };
            await client.SendMailAsync(message, context.CancellationToken);
            return await File.ReadAllBytesAsync(Directory.EnumerateFiles(drafts).Single(), context.CancellationToken);
        }
        finally
        {
            Directory.Delete(drafts, recursive: true);
        }
    }

    /// <summary>The framework dates a message when it writes it; with the time of the submit instead, every attempt writes the same.</summary>
    private static byte[] WithDate(ReadOnlySpan<byte> content, string date)
    {
        var start = content.IndexOf("\r\nDate: "u8) + "\r\nDate: "u8.Length;
        var end = start + content[start..].IndexOf("\r\n"u8);
        return [.. content[..start], .. Encoding.ASCII.GetBytes(date), .. content[end..]];
    }
}
