using System.Buffers;
using System.Text;
using SQLitePCL;

namespace OrleansJobs.Sqlite;

/// <summary>A prepared statement: bind the values in order, step, read by column, reset.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;
    private int _parameter;

    public SqliteStatement Bind(long value) => Check(raw.sqlite3_bind_int64(handle, ++_parameter, value));

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(JobId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Check(raw.sqlite3_bind_blob(handle, ++_parameter, bytes));
    }

    public SqliteStatement Bind(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            // An empty span would be bound as null.
            return text is null ? BindNull() : Check(raw.sqlite3_bind_text(handle, ++_parameter, text));
        }

        var max = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var buffer = max <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(max);
        var length = Encoding.UTF8.GetBytes(text, buffer);
        var code = raw.sqlite3_bind_text(handle, ++_parameter, buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return Check(code);
    }

    public SqliteStatement Bind(ReadOnlyMemory<byte>? bytes) => bytes switch
    {
        null => BindNull(),
        { IsEmpty: true } => Check(raw.sqlite3_bind_zeroblob(handle, ++_parameter, 0)),
        { } value => Check(raw.sqlite3_bind_blob(handle, ++_parameter, value.Span)),
    };

    /// <summary>Steps to the next row, if there is one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            try
            {
                connection.ThrowUnlessOk(code);
            }
            finally
            {
                Reset();
            }
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Makes the statement ready for its next use.</summary>
    public void Reset()
    {
        // Values that stay unbound are null, so that binding a null costs nothing.
        if (_parameter > 0)
        {
            raw.sqlite3_clear_bindings(handle);
        }

        _parameter = 0;

        // Its code repeats the error of the last step, which has been thrown by then.
        raw.sqlite3_reset(handle);
    }

    /// <summary>Runs to the end and resets.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Reads all rows and resets.</summary>
    public List<T> ReadAll<T>(Func<SqliteStatement, T> read) => ReadUpTo(long.MaxValue, static _ => 0, read);

    /// <summary>Reads rows, the one that brings them to so many bytes being the last, and resets.</summary>
    public List<T> ReadUpTo<T>(long maxBytes, Func<SqliteStatement, long> weigh, Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        var bytes = 0L;
        try
        {
            while (bytes < maxBytes && Step())
            {
                rows.Add(read(this));
                bytes += weigh(this);
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Reads the first row, if there is one, and resets.</summary>
    public T? ReadFirst<T>(Func<SqliteStatement, T> read) where T : class
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public bool IsInteger(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_INTEGER;

    public bool IsText(int column) => raw.sqlite3_column_type(handle, column) is raw.SQLITE_TEXT or raw.SQLITE_BLOB;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public ReadOnlyMemory<byte>? BytesOrNull(int column) => IsNull(column) ? default(ReadOnlyMemory<byte>?) : Bytes(column);

    /// <summary>Bytes of a text or a blob; 0 of null.</summary>
    public long Size(int column) => raw.sqlite3_column_bytes(handle, column);

    public JobId Id(int column) => new(new Guid(raw.sqlite3_column_blob(handle, column), bigEndian: true));

    public void Dispose() => handle.Dispose();

    private SqliteStatement BindNull()
    {
        _parameter++;
        return this;
    }

    private SqliteStatement Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            try
            {
                connection.ThrowUnlessOk(code);
            }
            finally
            {
                Reset();
            }
        }

        return this;
    }
}
