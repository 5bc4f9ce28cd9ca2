using System.Buffers.Binary;

namespace OrleansJobs;

/// <summary>
/// Makes UUIDs of version 7, and orders those of this process also within a millisecond: the 12 bits behind the time count, and borrow from
/// the next millisecond when they are used up or the clock was set back. The other 62 are random.
/// </summary>
internal static class IncreasingIds
{
    private const int CountBits = 12;
    private const int UuidBytes = 16;
    private const byte Version7 = 0x70;
    private const byte Variant = 0x80;
    private static long _last;

    /// <summary>A UUID with a time and a count above those of all that came before.</summary>
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[UuidBytes];
        var next = Next(now.ToUnixTimeMilliseconds() << CountBits);
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(next >> (16 + CountBits)));
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)(next >> CountBits));
        bytes[6] = (byte)(Version7 | ((next >> 8) & 0x0F));
        bytes[7] = (byte)next;
        RandomBlock.Fill(bytes[8..]);
        bytes[8] = (byte)(Variant | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private static long Next(long earliest)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(earliest, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}
