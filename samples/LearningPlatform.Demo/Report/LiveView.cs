using Spectre.Console;

namespace LearningPlatform.Demo.Report;

/// <summary>Shows how far each class is, while it goes on: bars in a terminal, a line now and then elsewhere.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time, Tally tally, bool plain)
{
    private static readonly TimeSpan BarPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(2);

    /// <summary>Shows progress until the work is done.</summary>
    public Task ShowAsync(Task work) => plain ? ShowLinesAsync(work) : ShowBarsAsync(work);

    private async Task ShowLinesAsync(Task work)
    {
        var last = "";
        while (!await IsDoneAsync(work, LinePeriod))
        {
            var line = string.Join(" · ", tally.Classes.Select(LineOf));
            if (line != last)
                console.WriteLine(line);
            last = line;
        }
    }

    private Task ShowBarsAsync(Task work) => console.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
        .StartAsync(async progress =>
        {
            var bars = tally.Classes.ToDictionary(jobClass => jobClass, jobClass => progress.AddTask(jobClass.JobClass));
            do
            {
                foreach (var (jobClass, bar) in bars)
                    Update(jobClass, bar);
            }
            while (!await IsDoneAsync(work, BarPeriod));

            foreach (var (jobClass, bar) in bars)
                Update(jobClass, bar);
        });

    private static void Update(ClassTally jobClass, ProgressTask bar)
    {
        bar.Description = Markup.Escape(LineOf(jobClass));
        bar.MaxValue = Math.Max(1, jobClass.FoundCount);
        bar.Value = jobClass.EndedCount;
    }

    private static string LineOf(ClassTally jobClass) =>
        $"{jobClass.JobClass} {jobClass.EndedCount:N0} of {jobClass.FoundCount:N0}"
        + (jobClass.FailedCount > 0 ? $", {jobClass.FailedCount:N0} failed" : "")
        + (jobClass.WaitsFor is { } reason ? $" ({reason})" : "");

    private async Task<bool> IsDoneAsync(Task work, TimeSpan period) =>
        await Task.WhenAny(work, Task.Delay(period, time)) == work;
}
