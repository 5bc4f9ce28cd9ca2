using System.Net.Mail;
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
        var content = await RenderAsync(message, context);
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
}
