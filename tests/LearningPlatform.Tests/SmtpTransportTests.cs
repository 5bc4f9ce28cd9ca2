using LearningPlatform.Email;
using LearningPlatform.Tests.Support;
using OrleansJobs;

namespace LearningPlatform.Tests;

public sealed class SmtpTransportTests : Scratch
{
    private static readonly SendEmail Mail = new("Ada <ada@example.org>", "Your lecture is ready", "Dear Ada,\n\n.\n");

    [Fact]
    public async Task Email_TakenByTheServer_SucceedsWithItsMessageId()
    {
        await using var server = new ScriptedSmtpServer();
        var attempt = new AttemptContext();

        var result = Assert.IsType<EmailResult>((await SendAsync(server, attempt)).Value);

        Assert.Equal($"smtp://127.0.0.1:{server.Port}", result.DeliveredTo);
        Assert.Contains($"Message-Id: <{attempt.JobId}@platform.example>", server.Lines, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Date: Sat, 14 Mar 2026 15:09:26 +0000", server.Lines);
        Assert.Contains("..", server.Lines);
        Assert.Contains(server.Commands, command => command.StartsWith("RCPT TO:<ada@example.org>", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("MAIL", "553 no such sender")]
    [InlineData("RCPT", "550 no such user")]
    [InlineData("END", "554 spam")]
    public async Task Email_RefusedForGood_IsADeadLetterThatNamesTheReply(string command, string reply)
    {
        await using var server = new ScriptedSmtpServer((command, reply));

        var result = await SendAsync(server, new AttemptContext());

        Assert.Equal(JobResultKind.DeadLetter, result.Kind);
        Assert.Equal($"smtp://127.0.0.1:{server.Port} refused the message ({reply[..3]}): {reply[4..]}", result.Reason);
    }

    [Theory]
    [InlineData("MAIL", "503 say hello first")]
    [InlineData("MAIL", "530 log in first")]
    [InlineData("RCPT", "450 try later")]
    [InlineData("END", "452 full")]
    public async Task Email_RefusedForNow_FailsTheAttempt(string command, string reply)
    {
        await using var server = new ScriptedSmtpServer((command, reply));

        var error = await Record.ExceptionAsync(() => SendAsync(server, new AttemptContext()));

        Assert.NotNull(error);
        Assert.IsNotType<MailRefusedException>(error);
    }

    [Fact]
    public async Task Email_ToAServerWithoutTheTlsThatIsWanted_FailsTheAttempt()
    {
        await using var server = new ScriptedSmtpServer();

        await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(server, new AttemptContext(), useTls: true));

        Assert.Empty(server.Lines);
    }

    private Task<JobResult> SendAsync(ScriptedSmtpServer server, AttemptContext attempt, bool useTls = false) =>
        new EmailHandler(Options, new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = server.Port, UseTls = useTls })).HandleAsync(Mail, attempt);
}
