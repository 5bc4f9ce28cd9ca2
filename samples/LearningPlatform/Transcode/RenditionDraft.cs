using System.Buffers;
using System.Security.Cryptography;

namespace LearningPlatform.Transcode;

/// <summary>
/// A rendition that is being written, under a name that only this attempt uses: an attempt that has lost its lease but does not know it
/// yet cannot spoil it.
/// </summary>
internal sealed class RenditionDraft : IAsyncDisposable
{
    /// <summary>How names of drafts end, behind the lease token.</summary>
    public const string Ending = ".part";

    private const int CopyBytes = 256 * 1024;

    private readonly string _path;
    private readonly string _draftPath;
    private readonly FileStream _draft;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public RenditionDraft(int quality, string path, long leaseToken)
    {
        Quality = quality;
        _path = path;
        _draftPath = $"{path}.{leaseToken}{Ending}";
        // Unbuffered: what a checkpoint speaks of must have left this process before the checkpoint is stored.
        _draft = new FileStream(_draftPath, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    public int Quality { get; }

    /// <summary>The rendition so far, where it is now.</summary>
    public Rendition SoFar => new(Quality, _draftPath, _draft.Position, Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>The lease token of the attempt that a draft belongs to; 0 if the file is no draft.</summary>
    public static long LeaseTokenOf(string path)
    {
        var named = Path.GetFileName(path.AsSpan()[..^Ending.Length]);
        return long.TryParse(named[(named.LastIndexOf('.') + 1)..], out var token) ? token : 0;
    }

    public void Append(ReadOnlySpan<byte> encoded)
    {
        _draft.Write(encoded);
        _hash.AppendData(encoded);
    }

    /// <summary>Takes over what an earlier attempt has written; false if that is not there, or not as the checkpoint says.</summary>
    public async Task<bool> TryTakeOverAsync(Rendition earlier, CancellationToken cancellationToken)
    {
        if (!File.Exists(earlier.Path))
            return false;

        await using var file = new FileStream(earlier.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < earlier.Bytes)
            return false;

        await AppendFromAsync(file, earlier.Bytes, cancellationToken);
        return SoFar.Bytes == earlier.Bytes && SoFar.Sha256 == earlier.Sha256;
    }

    /// <summary>Forgets everything written so far.</summary>
    public void Restart()
    {
        _draft.SetLength(0);
        _draft.Position = 0;
        _hash.GetHashAndReset();
    }

    /// <summary>Makes the rendition durable and puts it into its place, at once and whole.</summary>
    public Rendition Publish()
    {
        var finished = SoFar with { Path = _path };
        _draft.Flush(flushToDisk: true);
        File.Move(_draftPath, _path, overwrite: true);
        return finished;
    }

    public void Delete() => File.Delete(_draftPath);

    public ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return _draft.DisposeAsync();
    }

    private async Task AppendFromAsync(FileStream file, long bytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            while (bytes > 0)
            {
                var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length)), cancellationToken);
                if (read == 0)
                    return;
                Append(buffer.AsSpan(0, read));
                bytes -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
