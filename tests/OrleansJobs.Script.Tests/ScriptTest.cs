namespace OrleansJobs.Script.Tests;

/// <summary>A test with a folder of its own.</summary>
public abstract class ScriptTest : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("orleansjobs-script-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected (int ExitCode, string Output) Run(string commands) => Script.Run(Folder, commands);
}
