using System.Text;
using LearningPlatform.Email;
using LearningPlatform.Tests.Support;
using MimeKit;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed class EmailHandlerTests : Scratch
{
    private static readonly SendEmail Plain = new("Ada <ada@example.org>", "Your lecture is ready", "Dear Ada,\n\nit is ready.\n");

    [Fact]
    public async Task Email_IsWrittenToThePickupFolder_AsTheJobsFile()
    {
        var attempt = new AttemptContext();

        var result = await SendAsync(Plain, attempt);
        var eml = MimeMessage.Load(result.DeliveredTo);

        Assert.Equal(Path.Combine(Options.DataDirectory, "mail", $"{attempt.JobId}.eml"), result.DeliveredTo);
        Assert.Equal("Ada <ada@example.org>", eml.Headers["To"]);
        Assert.Equal("learning@platform.example", eml.Headers["From"]);
        Assert.Equal("Your lecture is ready", eml.Subject);
        Assert.Equal($"<{attempt.JobId}@platform.example>", eml.Headers["Message-ID"]);
        Assert.Equal(result.MessageId, eml.Headers["Message-ID"]);
        Assert.Equal("Sat, 14 Mar 2026 15:09:26 +0000", eml.Headers["Date"]);
        Assert.Equal("Dear Ada,\r\n\r\nit is ready.\r\n", eml.TextBody!.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public async Task Email_SentTwice_IsOneFileWithTheSameBytes()
    {
        var attempt = new AttemptContext();

        var first = await SendAsync(Plain, attempt);
        var bytes = File.ReadAllBytes(first.DeliveredTo);
        File.Delete(first.DeliveredTo);
        var second = await SendAsync(Plain, attempt.Next());

        Assert.Equal(first, second);
        Assert.Equal(bytes, File.ReadAllBytes(second.DeliveredTo));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(second.DeliveredTo)!));
    }

    [Theory]
    [InlineData("Grüße, 图书 🎬", "Zeile =1\nΔεύτερη γραμμή\r\n.\r\nnach dem Punkt ")]
    [InlineData("long long long long long long long long long long long long long long long long long long long", "")]
    [InlineData("boundaries", "From here\n--boundary--\n")]
    public async Task Email_KeepsSubjectAndBody(string subject, string body)
    {
        var result = await SendAsync(Plain with { Subject = subject, Body = body });

        var eml = MimeMessage.Load(result.DeliveredTo);

        Assert.Equal(subject, eml.Subject);
        Assert.Equal(body.ReplaceLineEndings("\n"), eml.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n') + (body.EndsWith('\n') ? "\n" : ""));
        Assert.All(File.ReadLines(result.DeliveredTo, Encoding.Latin1), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public async Task Email_WithSenderAndReplyTo_UsesThem()
    {
        var result = await SendAsync(Plain with { From = "School <school@example.net>", ReplyTo = "desk@example.net" });

        var eml = MimeMessage.Load(result.DeliveredTo);

        Assert.Equal("School <school@example.net>", eml.Headers["From"]);
        Assert.Equal("desk@example.net", eml.Headers["Reply-To"]);
        Assert.EndsWith("@example.net>", eml.Headers["Message-ID"]);
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: eve@example.com", "s", null)]
    [InlineData("Ada\n <ada@example.org>", "s", null)]
    [InlineData("ada@example.org", "s\r\nBcc: eve@example.com", null)]
    [InlineData("ada@example.org", "s\nBcc: eve@example.com", null)]
    [InlineData("ada@example.org", "s\rBcc: eve@example.com", null)]
    [InlineData("ada@example.org", "s\u2028Bcc: eve@example.com", null)]
    [InlineData("ada@example.org", "s\0", null)]
    [InlineData("ada@example.org", "=?utf-8?q?s=0D=0ABcc:_eve@example.com?=", null)]
    [InlineData("=?utf-8?q?Ada=0D=0ABcc:_eve?= <ada@example.org>", "s", null)]
    [InlineData("ada@example.org", "s", "x@example.org\r\nBcc: eve@example.com")]
    public async Task Email_WithALineBreakInAHeader_IsADeadLetter(string to, string subject, string? from)
    {
        await AssertDeadLetterAsync(new SendEmail(to, subject, "body", From: from));
        await AssertDeadLetterAsync(new SendEmail("a@example.org", "subject", "body", ReplyTo: to + "\r\nX: y"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@exa mple.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@example.org, eve@example.org")]
    [InlineData("ada@example.org; eve@example.org")]
    [InlineData("ädä@example.org")]
    public async Task Email_ToNoAddress_IsADeadLetter(string? to) => await AssertDeadLetterAsync(Plain with { To = to! });

    [Fact]
    public async Task Email_OverALimit_IsADeadLetter()
    {
        await AssertDeadLetterAsync(Plain with { Subject = new string('s', EmailComposer.MaxSubjectLength + 1) });
        await AssertDeadLetterAsync(Plain with { Subject = " " });
        await AssertDeadLetterAsync(Plain with { Body = null! });
        await AssertDeadLetterAsync(Plain with { To = new string('a', 65) + "@example.org" });
    }

    [Fact]
    public async Task Email_ToADomainInAnotherScript_IsWritten()
    {
        var result = await SendAsync(Plain with { To = "ada@bücher.example" });

        Assert.Equal("ada@xn--bcher-kva.example", MimeMessage.Load(result.DeliveredTo).Headers["To"]);
    }

    [Fact]
    public async Task Email_OfACancelledAttempt_WritesNothing()
    {
        var attempt = new AttemptContext();
        attempt.Stop();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HandleAsync(Plain, attempt));

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Options.DataDirectory, "mail")));
    }

    private Task<JobResult> HandleAsync(SendEmail email, AttemptContext attempt) =>
        new EmailHandler(Options, new PickupFolder(Options.MailDirectory)).HandleAsync(email, attempt);

    private async Task<EmailResult> SendAsync(SendEmail email, AttemptContext? attempt = null)
    {
        var result = await HandleAsync(email, attempt ?? new AttemptContext());
        Assert.True(result.Kind == JobResultKind.Succeeded, result.Reason);
        return Assert.IsType<EmailResult>(result.Value);
    }

    private async Task AssertDeadLetterAsync(SendEmail email)
    {
        var result = await HandleAsync(email, new AttemptContext());

        Assert.Equal(JobResultKind.DeadLetter, result.Kind);
        Assert.False(Directory.Exists(Path.Combine(Options.DataDirectory, "mail")));
    }
}
