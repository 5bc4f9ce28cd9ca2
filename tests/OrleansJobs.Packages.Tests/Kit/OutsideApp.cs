using OrleansJobs.Packages.Tests.Docs;

namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>An application that somebody makes by following a page: its commands, its files, and the packages; nothing of the repository.</summary>
internal sealed class OutsideApp
{
    private const string New = "dotnet new ";
    private const string Add = "dotnet add package ";
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(5);

    private readonly PackageFeed _feed;

    private OutsideApp(PackageFeed feed, string name)
    {
        _feed = feed;
        Name = name;
    }

    public string Name { get; }

    public string Folder => Path.Combine(_feed.Root, Name);

    /// <summary>Makes the application that the pages tell under this name, and builds it.</summary>
    public static async Task<OutsideApp> FromPagesAsync(PackageFeed feed, string name)
    {
        var blocks = DocPages.OfApp(name);
        var app = new OutsideApp(feed, name);
        await app.FollowAsync(blocks.Single(block => block.App == name).Text.Split('\n'));
        foreach (var block in blocks.Where(block => block.App != name))
        {
            await File.WriteAllTextAsync(Path.Combine(feed.Root, block.App!), block.Text + "\n");
        }

        await app.BuildAsync();
        return app;
    }

    /// <summary>Makes an application of given files, and builds it.</summary>
    public static async Task<OutsideApp> FromFilesAsync(
        PackageFeed feed, string name, IReadOnlyList<string> commands, IEnumerable<(string Name, string Text)> files)
    {
        var app = new OutsideApp(feed, name);
        await app.FollowAsync(commands);
        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(app.Folder, file), text);
        }

        await app.BuildAsync();
        return app;
    }

    /// <summary>Starts it.</summary>
    public OutsideProcess Start(params IEnumerable<(string Key, string Value)> environment) =>
        OutsideProcess.Start(Folder, With(environment), "dotnet", Path.Combine(Folder, "bin", "Debug", "net10.0", $"{Name}.dll"));

    /// <summary>Runs <c>dotnet</c> in it to its end.</summary>
    public Task<string> DotnetAsync(params IReadOnlyList<string> arguments) =>
        OutsideProcess.RunAsync(Folder, PackageFeed.DotnetEnvironment, BuildTimeout, ["dotnet", .. arguments]);

    private static Dictionary<string, string?> With(IEnumerable<(string Key, string Value)> environment)
    {
        var all = new Dictionary<string, string?>(PackageFeed.DotnetEnvironment);
        foreach (var (key, value) in environment)
        {
            all[key] = value;
        }

        return all;
    }

    private async Task FollowAsync(IEnumerable<string> commands)
    {
        foreach (var command in commands)
        {
            if (command.StartsWith(New, StringComparison.Ordinal))
            {
                await RunAsync(_feed.Root, command + " --no-restore");
            }
            else if (command.StartsWith(Add, StringComparison.Ordinal))
            {
                await RunAsync(Folder, $"{command} --version {_feed.VersionOf(command[Add.Length..])} --no-restore");
            }
            else if (command != $"cd {Name}")
            {
                throw new InvalidOperationException($"'{command}' is no command that the tests know.");
            }
        }
    }

    private static Task<string> RunAsync(string folder, string command) =>
        OutsideProcess.RunAsync(folder, PackageFeed.DotnetEnvironment, BuildTimeout, command.Split(' '));

    private Task<string> BuildAsync() => DotnetAsync("build", "-nologo", "-v:quiet", "-clp:ErrorsOnly;NoSummary");
}
