using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>Adds the parameters of a command that takes many rows: an array for each column, no object for a value.</summary>
internal sealed class RowArrays<T>(NpgsqlParameterCollection parameters, IReadOnlyList<T> rows)
{
    public RowArrays<T> Ids(Func<T, JobId> value) => Add(NpgsqlDbType.Uuid, row => value(row).Value);

    public RowArrays<T> Texts(Func<T, string?> value) => Add(NpgsqlDbType.Text, value);

    public RowArrays<T> Shorts(Func<T, int> value) => Add(NpgsqlDbType.Smallint, row => (short)value(row));

    public RowArrays<T> Ints(Func<T, int> value) => Add(NpgsqlDbType.Integer, value);

    public RowArrays<T> Longs(Func<T, long> value) => Add(NpgsqlDbType.Bigint, value);

    public RowArrays<T> Longs(Func<T, long?> value) => Add(NpgsqlDbType.Bigint, value);

    public RowArrays<T> Flags(Func<T, bool> value) => Add(NpgsqlDbType.Boolean, value);

    public RowArrays<T> Times(Func<T, DateTimeOffset> value) => Add(NpgsqlDbType.TimestampTz, row => ToTime(value(row)));

    public RowArrays<T> Times(Func<T, DateTimeOffset?> value) =>
        Add(NpgsqlDbType.TimestampTz, row => value(row) is { } time ? ToTime(time) : (DateTime?)null);

    public RowArrays<T> Bytes(Func<T, ReadOnlyMemory<byte>?> value) =>
        Add(NpgsqlDbType.Bytea, row => value(row) is { } bytes ? ToArray(bytes) : null);

    private static DateTime ToTime(DateTimeOffset time) => Micros.Cut(time).UtcDateTime;

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : bytes.ToArray();

    private RowArrays<T> Add<TValue>(NpgsqlDbType type, Func<T, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        return this;
    }
}
