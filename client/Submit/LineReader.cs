using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace OrleansJobs.Cli.Submit;

/// <summary>Reads lines of bytes, never holding more than one that is too long.</summary>
internal sealed class LineReader(Stream input, int maxLength)
{
    private const int BufferSize = 256 * 1024;
    private bool _skipping;
    private int _number;

    /// <summary>
    /// The lines by number; a line without text is passed over, one that is too long comes as null, and number 0 says that nothing more
    /// is there at the moment.
    /// </summary>
    public async IAsyncEnumerable<(int Number, byte[]? Line)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: BufferSize));
        while (true)
        {
            var reading = reader.ReadAsync(cancellationToken).AsTask();
            if (!reading.IsCompleted)
            {
                yield return (0, null);
            }

            // A terminal or a pipe may never end, and its read cannot be called off: leave it behind.
            var read = await reading.WaitAsync(cancellationToken);
            var rest = read.Buffer;
            while (TakeLine(ref rest, read.IsCompleted, out var line))
            {
                if (line is null || !IsBlank(line))
                {
                    yield return (_number, line);
                }
            }

            reader.AdvanceTo(rest.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static bool IsBlank(byte[] line) => line.AsSpan().Trim(" \t\r"u8).IsEmpty;

    private bool TakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out byte[]? line)
    {
        line = null;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            return Take(ref rest, rest.Slice(0, end), rest.GetPosition(1, end), out line);
        }

        if (isLast)
        {
            return (!rest.IsEmpty || _skipping) && Take(ref rest, rest, rest.End, out line);
        }

        if (rest.Length > maxLength)
        {
            _skipping = true;
            rest = rest.Slice(rest.End);
        }

        return false;
    }

    private bool Take(ref ReadOnlySequence<byte> rest, ReadOnlySequence<byte> text, SequencePosition next, out byte[]? line)
    {
        _number++;
        line = _skipping || text.Length > maxLength ? null : text.ToArray();
        _skipping = false;
        rest = rest.Slice(next);
        return true;
    }
}
