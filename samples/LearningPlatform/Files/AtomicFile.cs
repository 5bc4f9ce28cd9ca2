namespace LearningPlatform.Files;

/// <summary>Files that are there whole or not at all, also after a crash.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside its place, makes it durable and moves it there.</summary>
    /// <param name="path">Its place; what is there is replaced.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="writer">Tells this writer from others of the same file, such as its lease token.</param>
    /// <param name="cancellationToken">Stops before the file is in its place.</param>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, string writer, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{writer}.part";
        try
        {
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await file.WriteAsync(content, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
