using Spectre.Console;

namespace OrleansJobs.Cli.Output;

/// <summary>A value to print, with a colour for terminals.</summary>
internal sealed class Cell(string text, string? colour = null)
{
    public string Text { get; } = Printable.Line(text);

    public static Cell? OrNone(string? text) => string.IsNullOrEmpty(text) ? null : new Cell(text);

    public static implicit operator Cell(string text) => new(text);

    public static implicit operator Cell(long number) => new(number.ToString());

    public string ToMarkup() => colour is null ? Markup.Escape(Text) : $"[{colour}]{Markup.Escape(Text)}[/]";
}
