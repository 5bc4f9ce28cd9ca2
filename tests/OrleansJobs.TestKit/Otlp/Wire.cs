using System.Buffers.Binary;
using System.Text;

namespace OrleansJobs.TestKit.Otlp;

/// <summary>A message of protocol buffers, taken apart into its fields by number. Enough of the format for what OTLP has.</summary>
public sealed class Wire
{
    private readonly ILookup<int, object> _fields;

    public Wire(ReadOnlyMemory<byte> bytes) => _fields = Read(bytes).ToLookup(field => field.Number, field => field.Value);

    public IEnumerable<Wire> Messages(int number) => _fields[number].Select(value => new Wire((ReadOnlyMemory<byte>)value));

    public Wire? Message(int number) => Messages(number).LastOrDefault();

    public string Text(int number) => Bytes(number) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    public string Hex(int number) => Bytes(number) is { } bytes ? Convert.ToHexStringLower(bytes.Span) : "";

    public ulong Number(int number) => _fields[number].LastOrDefault() is ulong value ? value : 0;

    public double Real(int number) => BitConverter.UInt64BitsToDouble(Number(number));

    public bool Has(int number) => _fields.Contains(number);

    private ReadOnlyMemory<byte>? Bytes(int number) => _fields[number].LastOrDefault() is ReadOnlyMemory<byte> bytes ? bytes : null;

    private static IEnumerable<(int Number, object Value)> Read(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = VarInt(bytes.Span, ref at);
            object value = (tag & 7) switch
            {
                0 => VarInt(bytes.Span, ref at),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(Slice(bytes, ref at, 8).Span),
                2 => Slice(bytes, ref at, checked((int)VarInt(bytes.Span, ref at))),
                5 => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(Slice(bytes, ref at, 4).Span),
                _ => throw new InvalidDataException($"Wire type {tag & 7} is none."),
            };
            yield return ((int)(tag >> 3), value);
        }
    }

    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> bytes, ref int at, int length)
    {
        var slice = bytes.Slice(at, length);
        at += length;
        return slice;
    }

    private static ulong VarInt(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than 10 bytes.");
    }
}
