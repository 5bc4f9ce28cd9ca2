using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansJobs.Cli.Submit;

/// <summary>Shows "120/500", or "120" while the whole is not known.</summary>
internal sealed class CountColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.IsIndeterminate ? $"{task.Value:0}" : $"{task.Value:0}/{task.MaxValue:0}");
}
