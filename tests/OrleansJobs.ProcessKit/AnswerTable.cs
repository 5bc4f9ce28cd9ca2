using System.Text;
using OrleansJobs.Http;

namespace OrleansJobs.ProcessKit;

/// <summary>What was answered to each bad input.</summary>
internal sealed class AnswerTable
{
    private readonly List<(string Input, string Answer)> _rows = [];

    public void Add(string input, ApiProblem problem) => _rows.Add((input, $"{problem.Status} {problem.Code}: {problem.Detail}"));

    public void Add(string input, string answer) => _rows.Add((input, answer));

    public override string ToString()
    {
        var width = _rows.Max(row => row.Input.Length);
        return _rows.Aggregate(new StringBuilder(), (text, row) => text.Append(row.Input.PadRight(width)).Append("  ").AppendLine(row.Answer)).ToString();
    }
}
