using OrleansJobs.Http;
using Spectre.Console;

namespace OrleansJobs.Cli.Output;

/// <summary>Prints: JSON for programs, tables with colours on a terminal, plain columns into a pipe.</summary>
internal sealed class Screen(CliIo io, bool json)
{
    private const string Gap = "  ";
    private IAnsiConsole? _drawing;

    /// <summary>Whether programs read the output.</summary>
    public bool IsJson { get; } = json;

    /// <summary>Whether there is a place to draw a progress bar: stderr, if no lines of JSON run through the same terminal.</summary>
    public bool CanDraw => io.ErrorIsTerminal && !(IsJson && io.OutIsTerminal);

    /// <summary>Prints a value as JSON in one line.</summary>
    public void Json<T>(T value)
    {
        io.Out.WriteLine(OneLineJson.Of(value));
        io.Out.Flush();
    }

    /// <summary>Prints a line for people.</summary>
    public void Line(string text) => io.Out.WriteLine(Printable.Line(text));

    /// <summary>Prints a message on stderr, above what is being drawn there.</summary>
    public void Message(string text)
    {
        if (_drawing is not null)
        {
            _drawing.WriteLine(Printable.Line(text));
            return;
        }

        io.Error.WriteLine(Printable.Line(text));
    }

    /// <summary>Prints an error of the grid on stderr, in JSON if programs read.</summary>
    public void Problem(ApiProblem problem)
    {
        if (IsJson)
        {
            io.Error.WriteLine(OneLineJson.Of(problem));
            return;
        }

        foreach (var line in problem.Faults is { Count: > 1 } faults ? faults : [problem.Detail])
        {
            Message(line);
        }
    }

    /// <summary>Prints a table.</summary>
    public void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        if (io.OutIsTerminal)
        {
            Terminal(io.Out).Write(Draw(columns, rows));
            return;
        }

        var widths = columns.Select((column, index) => rows.Select(row => row[index].Text.Length).Append(column.Length).Max()).ToList();
        string Row(IEnumerable<string> cells) => string.Join(Gap, cells.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd();
        io.Out.WriteLine(Row(columns));
        foreach (var row in rows)
        {
            io.Out.WriteLine(Row(row.Select(cell => cell.Text)));
        }
    }

    /// <summary>Prints names with their values; a null is left out.</summary>
    public void Fields(params (string Name, Cell? Value)[] fields)
    {
        var shown = fields.Where(field => field.Value is not null).ToList();
        var width = shown.Max(field => field.Name.Length);
        foreach (var (name, value) in shown)
        {
            if (io.OutIsTerminal)
            {
                Terminal(io.Out).MarkupLine($"[grey]{name.PadRight(width)}[/]{Gap}{value!.ToMarkup()}");
            }
            else
            {
                io.Out.WriteLine($"{name.PadRight(width)}{Gap}{value!.Text}");
            }
        }
    }

    /// <summary>Draws on stderr as long as the work lasts.</summary>
    public async Task DrawAsync(Func<IAnsiConsole, Task> work)
    {
        _drawing = Terminal(io.Error);
        try
        {
            await work(_drawing);
        }
        finally
        {
            _drawing = null;
        }
    }

    private static Table Draw(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(column)}[/]") { NoWrap = columns.Count > 1 && column == columns[0] });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => cell.ToMarkup())]);
        }

        return table;
    }

    private IAnsiConsole Terminal(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.Yes,
            ColorSystem = io.Environment("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = io.Width;
        return console;
    }
}
