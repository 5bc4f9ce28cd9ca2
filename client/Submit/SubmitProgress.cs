using OrleansJobs.Cli.Output;
using Spectre.Console;

namespace OrleansJobs.Cli.Submit;

/// <summary>The progress bars of a submit; draws nothing where there is no terminal.</summary>
internal sealed class SubmitProgress
{
    private ProgressTask? _submitted;
    private ProgressTask? _ended;

    public static Task ShowAsync(Screen screen, bool wait, int? total, Func<SubmitProgress, Task> work) =>
        screen.CanDraw ? screen.DrawAsync(console => DrawAsync(console, wait, total, work)) : work(new SubmitProgress());

    public void Submitted() => _submitted?.Increment(1);

    public void Ended() => _ended?.Increment(1);

    /// <summary>Now it is known how many there are.</summary>
    public void AllSubmitted(int toWaitFor)
    {
        if (_submitted is not null)
        {
            Fix(_submitted, Math.Max(1, _submitted.Value));
        }

        if (_ended is not null)
        {
            Fix(_ended, Math.Max(1, toWaitFor));
        }
    }

    private static Task DrawAsync(IAnsiConsole console, bool wait, int? total, Func<SubmitProgress, Task> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new CountColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new SubmitProgress
            {
                _submitted = Add(context, "submitted", total),
                _ended = wait ? Add(context, "ended", total) : null,
            }));

    private static ProgressTask Add(ProgressContext context, string description, int? total)
    {
        var task = context.AddTask(description, maxValue: total ?? double.MaxValue);
        task.IsIndeterminate = total is null;
        return task;
    }

    private static void Fix(ProgressTask task, double total)
    {
        task.MaxValue = total;
        task.IsIndeterminate = false;
    }
}
