using System.Runtime.InteropServices;

namespace OrleansJobs;

/// <summary>Bytes on the wire; those that fill their array go as they are.</summary>
internal static class WireBytes
{
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : bytes.ToArray();

    public static byte[]? Of(ReadOnlyMemory<byte>? bytes) => bytes is { } present ? Of(present) : null;

    public static ReadOnlyMemory<byte>? Optional(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);
}
