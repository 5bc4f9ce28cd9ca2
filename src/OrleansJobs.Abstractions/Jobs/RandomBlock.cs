using System.Security.Cryptography;

namespace OrleansJobs;

/// <summary>
/// The random bits of ids, got from the system a block at a time: a call for each id takes longer than all else about it. Each thread has
/// its own block, and no bit of it is used or kept twice.
/// </summary>
internal static class RandomBlock
{
    private const int BlockBytes = 512;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _left;

    /// <summary>Fills a piece of at most a block's length.</summary>
    public static void Fill(Span<byte> piece)
    {
        var block = _block ??= new byte[BlockBytes];
        if (_left < piece.Length)
        {
            RandomNumberGenerator.Fill(block);
            _left = BlockBytes;
        }

        var taken = block.AsSpan(_left - piece.Length, piece.Length);
        taken.CopyTo(piece);
        taken.Clear();
        _left -= piece.Length;
    }
}
