using OrleansJobs;

namespace LearningPlatform.Transcode;

/// <summary>One attempt at a transcode: reads the source once and writes all its renditions beside each other.</summary>
internal sealed class Transcoding : IAsyncDisposable
{
    private readonly LearningPlatformOptions _options;
    private readonly IChunkEncoder _encoder;
    private readonly JobContext _context;
    private readonly SourceReader _source;
    private readonly RenditionSet _renditions;
    private readonly byte[] _encoded;
    private bool _hasCheckpoint;

    public Transcoding(
        LearningPlatformOptions options, IChunkEncoder encoder, JobContext context, FileStream source, IReadOnlyList<int> qualities)
    {
        _options = options;
        _encoder = encoder;
        _context = context;
        _source = new SourceReader(source, options.ChunkBytes);
        _renditions = new RenditionSet(options, context, source.Name, qualities);
        _encoded = GC.AllocateUninitializedArray<byte>(encoder.MaxEncodedBytes(options.ChunkBytes));
    }

    private CancellationToken Stop => _context.CancellationToken;

    public async Task<TranscodeResult> RunAsync(string source)
    {
        var resumed = await ResumeAsync();
        await EncodeRestAsync();
        Stop.ThrowIfCancellationRequested();
        var renditions = _renditions.Publish();
        var checksums = await _renditions.WriteChecksumsAsync(source, _source.Sha256, renditions, Stop);
        return new TranscodeResult(source, _source.Length, _source.Sha256, renditions, resumed, checksums, _options.DataRoot);
    }

    public async ValueTask DisposeAsync()
    {
        await _renditions.DisposeAsync();
        if (!_hasCheckpoint)
            _renditions.DeleteDrafts();
        _source.Dispose();
    }

    /// <summary>Takes up the work of an earlier attempt, if source and drafts are what it left; answers how much was taken over.</summary>
    private async Task<long> ResumeAsync()
    {
        var checkpoint = _context.LoadCheckpoint<TranscodeCheckpoint>();
        if (checkpoint is null)
            return 0;
        if (await TryTakeOverAsync(checkpoint))
            return checkpoint.Position;

        _source.Restart();
        _renditions.Restart();
        return 0;
    }

    private async Task<bool> TryTakeOverAsync(TranscodeCheckpoint checkpoint)
    {
        if (checkpoint.SourceBytes != _source.Length || checkpoint.SourceModifiedAt != _source.ModifiedAt
            || checkpoint.ChunkBytes != _options.ChunkBytes)
        {
            return false;
        }

        await _source.SkipToAsync(checkpoint.Position, Stop);
        return _source.Sha256 == checkpoint.PrefixSha256 && await _renditions.TryTakeOverAsync(checkpoint.Renditions, Stop);
    }

    private async Task EncodeRestAsync()
    {
        var chunk = await _source.ReadChunkAsync(Stop);
        // A source without a byte still has a chunk: a rendition has to be readable.
        var isFirst = _source.Position == chunk.Length;
        for (var chunks = 1; isFirst || chunk.Length > 0; chunks++, isFirst = false)
        {
            await EncodeAsync(chunk);
            await ReportAsync();
            if (chunks % _options.ChunksPerCheckpoint == 0 && _source.Position < _source.Length)
                await SaveCheckpointAsync();
            chunk = await _source.ReadChunkAsync(Stop);
        }
    }

    /// <summary>Off the caller's scheduler, which is not made for work of this length.</summary>
    private Task EncodeAsync(ReadOnlyMemory<byte> chunk) => Task.Run(
        () =>
        {
            foreach (var draft in _renditions.Drafts)
            {
                Stop.ThrowIfCancellationRequested();
                draft.Append(_encoded.AsSpan(0, _encoder.Encode(chunk.Span, _encoded, draft.Quality)));
            }
        },
        Stop);

    private ValueTask ReportAsync() => _context.ReportProgressAsync(
        _source.Length == 0 ? 1 : (double)_source.Position / _source.Length,
        $"{_source.Position:N0} of {_source.Length:N0} bytes");

    private async Task SaveCheckpointAsync()
    {
        await _context.SaveCheckpointAsync(new TranscodeCheckpoint(
            _source.Length, _source.ModifiedAt, _options.ChunkBytes, _source.Position, _source.Sha256, _renditions.SoFar));
        _hasCheckpoint = true;
        _renditions.DeleteEarlierDrafts();
    }
}
