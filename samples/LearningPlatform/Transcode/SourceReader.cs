using System.Security.Cryptography;

namespace LearningPlatform.Transcode;

/// <summary>Reads a source once, chunk by chunk, hashing what it reads, and tells whether it has changed meanwhile.</summary>
internal sealed class SourceReader : IDisposable
{
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer;

    public SourceReader(FileStream file, int chunkBytes)
    {
        _file = file;
        _buffer = GC.AllocateUninitializedArray<byte>(chunkBytes);
        Length = file.Length;
        ModifiedAt = ModifiedNow();
    }

    /// <summary>Its size when it was opened.</summary>
    public long Length { get; }

    /// <summary>When it had last been changed when it was opened.</summary>
    public DateTimeOffset ModifiedAt { get; }

    /// <summary>How much has been read.</summary>
    public long Position { get; private set; }

    /// <summary>The SHA-256 of what has been read.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The next chunk, empty at the end; valid until the next call.</summary>
    /// <exception cref="IOException">The source changed while it was read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadChunkAsync(CancellationToken cancellationToken)
    {
        var read = await _file.ReadAtLeastAsync(_buffer, _buffer.Length, throwOnEndOfStream: false, cancellationToken);
        Position += read;
        _hash.AppendData(_buffer, 0, read);
        var ended = read < _buffer.Length;
        if (Position > Length || (ended && (Position != Length || ModifiedNow() != ModifiedAt)))
            throw new IOException($"'{_file.Name}' changed while it was read.");
        return _buffer.AsMemory(0, read);
    }

    /// <summary>Reads up to a position that is a whole number of chunks from the beginning.</summary>
    public async Task SkipToAsync(long position, CancellationToken cancellationToken)
    {
        while (Position < position)
            await ReadChunkAsync(cancellationToken);
    }

    /// <summary>Goes back to the beginning.</summary>
    public void Restart()
    {
        _file.Position = 0;
        Position = 0;
        _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private DateTimeOffset ModifiedNow() => new(File.GetLastWriteTimeUtc(_file.SafeFileHandle));
}
