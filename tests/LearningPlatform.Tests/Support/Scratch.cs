namespace LearningPlatform.Tests.Support;

/// <summary>A directory of its own for each test, gone after it.</summary>
public abstract class Scratch : IDisposable
{
    protected Scratch()
    {
        Folder = Directory.CreateTempSubdirectory("learning-platform-").FullName;
        Options = new LearningPlatformOptions { DataDirectory = Path.Combine(Folder, "data"), SourceDirectories = [Folder], ChunkBytes = 64 * 1024, ChunksPerCheckpoint = 2 };
    }

    protected string Folder { get; }

    protected LearningPlatformOptions Options { get; init; }

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string Put(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    protected string Put(string name, string text) => Put(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes that compress, but not to nothing.</summary>
    protected static byte[] Media(int bytes)
    {
        var random = new Random(bytes);
        var content = new byte[bytes];
        for (var i = 0; i < bytes; i++)
            content[i] = (byte)random.Next(0, 24);
        return content;
    }
}
