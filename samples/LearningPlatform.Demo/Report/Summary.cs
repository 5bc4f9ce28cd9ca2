using LearningPlatform.Index;
using OrleansJobs;
using Spectre.Console;

namespace LearningPlatform.Demo.Report;

/// <summary>Says what came out.</summary>
internal sealed class Summary(IAnsiConsole console, Tally tally, OutputCheck outputs)
{
    private const int ShownHits = 5;

    private static readonly JobState[] EndStates = [JobState.Succeeded, JobState.DeadLettered, JobState.Cancelled];

    public void PrintJobs(int files, int skipped, TimeSpan elapsed)
    {
        var table = new Table().AddColumn("class");
        foreach (var column in (string[])["new", "there already", .. EndStates.Select(state => state.ToString()), "refused or gone", "retried"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var jobClass in tally.Classes)
            table.AddRow(RowOf(jobClass));
        console.Write(table);

        var there = tally.Classes.Sum(jobClass => jobClass.WasThereCount);
        var submitted = tally.Classes.Sum(jobClass => jobClass.SubmittedCount);
        Line($"{files:N0} files{(skipped > 0 ? $" ({skipped:N0} entries left out: no regular files)" : "")}, {submitted:N0} jobs submitted, {there:N0} were there already.");
        Line($"{elapsed.TotalSeconds:0.0} s, {tally.EndedCount / Math.Max(elapsed.TotalSeconds, 0.001):N1} jobs/s.");
    }

    public void PrintOutputs()
    {
        if (outputs.RenditionsPlace is { } renditions)
        {
            Line($"Renditions: {renditions}");
            Line($"  {outputs.SourceBytes:N0} bytes became {outputs.Renditions:N0} renditions of {outputs.RenditionBytes:N0} bytes; {outputs.Resumed:N0} transcodes went on from a checkpoint.");
            Line($"  {outputs.RightRenditions:N0} of {outputs.Renditions - outputs.UncheckedRenditions:N0} checked renditions decode to their source's SHA-256; {outputs.UncheckedRenditions:N0} were not checked.");
        }

        if (outputs.MailPlace is { } mail)
        {
            Line($"Emails: {mail}");
            if (Path.IsPathFullyQualified(mail))
                Line($"  {outputs.RightEmails:N0} of {outputs.Emails:N0} .eml files parse.");
        }
    }

    public async Task PrintQueryAsync(string? word, CancellationToken cancellationToken)
    {
        if (outputs.SearchDatabase is not { } database)
            return;

        Line($"Index: {database}");
        using var index = new SearchIndex(database);
        Line($"  {await index.CountAsync(cancellationToken):N0} documents.");
        if (word is null)
            return;

        var hits = await index.QueryAsync(word, SearchIndex.MaxHits, cancellationToken);
        Line($"  '{word}' is in {hits.Count:N0}{(hits.Count == SearchIndex.MaxHits ? " or more" : "")} of them:");
        foreach (var hit in hits.Take(ShownHits))
            Line($"    {OneLine(hit.Path)}: {OneLine(hit.Snippet)}");
        if (hits.Count == 0)
            tally.Fault($"The index does not find '{word}', which is in documents that were indexed.");
    }

    public void PrintFaults()
    {
        foreach (var fault in tally.Faults)
            console.MarkupLineInterpolated($"[red]{OneLine(fault)}[/]");
        if (tally.FaultCount > tally.Faults.Count)
            Line($"… and {tally.FaultCount - tally.Faults.Count:N0} more.");
    }

    private static string[] RowOf(ClassTally jobClass) =>
    [
        jobClass.JobClass,
        $"{jobClass.SubmittedCount:N0}",
        $"{jobClass.WasThereCount:N0}",
        .. EndStates.Select(state => $"{jobClass.CountOf(state):N0}"),
        $"{jobClass.WithoutStateCount:N0}",
        $"{jobClass.RetriedCount:N0}",
    ];

    private void Line(string text) => console.WriteLine(text);

    /// <summary>Names and texts of files may hold anything; a terminal is not to act on it.</summary>
    private static string OneLine(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
