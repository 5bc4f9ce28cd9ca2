using System.Buffers;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>Jobs on their way to the grid in one call, as JSON; bounded in number and bytes.</summary>
internal sealed class SubmitChunk
{
    private const int MaxBytes = 8 * 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly List<int> _numbers = [];

    public bool IsEmpty => _numbers.Count == 0;

    public bool IsFull => _numbers.Count == JobLimits.MaxSubmitBatch || _json.WrittenCount >= MaxBytes;

    /// <summary>The numbers of the lines, in the order of the jobs.</summary>
    public IReadOnlyList<int> Numbers => _numbers;

    public void Add(int number, SubmitRequest job)
    {
        _json.Write(IsEmpty ? "["u8 : ","u8);
        _json.Write(JsonSerializer.SerializeToUtf8Bytes(job, JobsHttpJson.Options));
        _numbers.Add(number);
    }

    /// <summary>The whole as a JSON array.</summary>
    public ReadOnlyMemory<byte> ToArray()
    {
        _json.Write("]"u8);
        return _json.WrittenMemory;
    }
}
