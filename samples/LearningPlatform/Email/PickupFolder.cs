using LearningPlatform.Files;
using MimeKit;
using OrleansJobs;

namespace LearningPlatform.Email;

/// <summary>Writes messages as <c>.eml</c> files, one for each job: a repeated attempt writes the same file again.</summary>
public sealed class PickupFolder(string directory) : IMailTransport
{
    private static readonly FormatOptions Format = NetworkFormat();

    /// <inheritdoc/>
    public async Task<string> SendAsync(MimeMessage message, JobContext context)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"{context.JobId}.eml");
        using var content = new MemoryStream();
        await message.WriteToAsync(Format, content, context.CancellationToken);
        await AtomicFile.WriteAsync(path, content.ToArray(), context.LeaseToken.ToString(), context.CancellationToken);
        return path;
    }

    /// <summary>Lines end as they do on the wire, whatever the system.</summary>
    private static FormatOptions NetworkFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
