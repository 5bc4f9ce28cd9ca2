using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LearningPlatform.Tests.Support;

/// <summary>A mail server that says what it is told to say, and keeps what it is sent.</summary>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyDictionary<string, string> _replies;
    private readonly Task _serving;

    /// <summary>Starts with replies to commands, by their first word; what is not named is accepted.</summary>
    public ScriptedSmtpServer(params IEnumerable<(string Command, string Reply)> replies)
    {
        _replies = replies.ToDictionary(one => one.Command, one => one.Reply);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    public List<string> Lines { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 scripted");
            while (await reader.ReadLineAsync() is { } command)
            {
                Commands.Add(command);
                await AnswerAsync(command.Split(' ', ':')[0].ToUpperInvariant(), reader, writer);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or the test has ended.
        }
    }

    private async Task AnswerAsync(string command, StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync(_replies.GetValueOrDefault(command, command == "DATA" ? "354 go on" : "250 ok"));
        if (command != "DATA")
            return;

        while (await reader.ReadLineAsync() is { } line and not ".")
            Lines.Add(line);
        await writer.WriteLineAsync(_replies.GetValueOrDefault("END", "250 taken"));
    }
}
