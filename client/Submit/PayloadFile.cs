namespace OrleansJobs.Cli.Submit;

/// <summary>Reads a payload from a file.</summary>
internal static class PayloadFile
{
    /// <exception cref="UsageException">It cannot be read, or is larger than a payload may be.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > JobLimits.MaxPayloadBytes)
            {
                throw new UsageException($"{path} has {file.Length} bytes; a payload has at most {JobLimits.MaxPayloadBytes}.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot read {path}: {error.Message}");
        }
    }
}
