using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Logging;

/// <summary>
/// The lines of a silo's attempts that are not stored yet. When there are too many the oldest make room, and a line in their place says how
/// many they were.
/// </summary>
internal sealed class LineBuffer
{
    /// <summary>Lines that wait at most.</summary>
    public const int MaxLines = 5_000;

    /// <summary>Attempts at most of which it is known how many lines were lost; of further ones none is told.</summary>
    public const int MaxLosses = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedLine> _lines = new();
    private readonly Dictionary<(JobId, int), (LoggedLine Last, int Count)> _losses = [];

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count + _losses.Count == 0;
            }
        }
    }

    public void Add(LoggedLine line)
    {
        lock (_lock)
        {
            if (_lines.Count == MaxLines)
            {
                Lose(_lines.Dequeue());
            }

            _lines.Enqueue(line);
        }
    }

    /// <summary>Takes the oldest lines out, those that tell of lost ones first; none if there are none.</summary>
    public IReadOnlyList<LoggedLine> Take(int max)
    {
        lock (_lock)
        {
            var taken = _losses.Values.Select(NoteOf).ToList();
            _losses.Clear();
            while (taken.Count < max && _lines.TryDequeue(out var line))
            {
                taken.Add(line);
            }

            return taken;
        }
    }

    private void Lose(LoggedLine line)
    {
        var attempt = (line.JobId, line.Line.Attempt);
        if (_losses.TryGetValue(attempt, out var loss) || _losses.Count < MaxLosses)
        {
            _losses[attempt] = (line, loss.Count + 1);
        }
    }

    private static LoggedLine NoteOf((LoggedLine Last, int Count) loss) => loss.Last with
    {
        Line = loss.Last.Line with
        {
            Level = LogLevel.Warning,
            Text = $"{loss.Count} lines before this were lost: more was logged than the store took.",
        },
    };
}
