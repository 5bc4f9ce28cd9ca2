using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>A real nginx with one location, on a free port of loopback.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const int MaxTries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string? Program = new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, int port) => (_process, _folder, Url) = (process, folder, new Uri($"http://127.0.0.1:{port}"));

    public Uri Url { get; }

    /// <summary>Skips the test, with the reason, where there is no nginx.</summary>
    public static void Require() => Skip.If(Program is null, "nginx is not installed (apt-get install nginx-light).");

    /// <param name="location">The block of the location, as the documentation has it.</param>
    public static async Task<Nginx> StartAsync(string location)
    {
        for (var tries = 1; ; tries++)
        {
            // Somebody else may take the port before nginx does; then there is another one.
            var (process, folder, port) = Start(location);
            if (await ListensAsync(process, port))
            {
                return new Nginx(process, folder, port);
            }

            var said = await process.StandardError.ReadToEndAsync();
            Directory.Delete(folder, recursive: true);
            Assert.True(tries < MaxTries, $"nginx does not start: {said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (Process Process, string Folder, int Port) Start(string location)
    {
        var folder = Directory.CreateTempSubdirectory("orleansjobs-nginx-").FullName;
        var port = FreePort();
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:{{port}};
                    {{location}}
                }
            }
            """);
        var start = new ProcessStartInfo(Program!, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"]) { RedirectStandardError = true, UseShellExecute = false };
        return (Process.Start(start)!, folder, port);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task<bool> ListensAsync(Process process, int port)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && !process.HasExited;)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        return false;
    }
}
