using System.Globalization;
using OrleansJobs;

namespace LearningPlatform.Hosting.Probes;

/// <summary>The probes' traces: what a test compares with what the grid says. Lines reach the file before a probe goes on.</summary>
internal sealed class ProbeEffects : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly StreamWriter? _file;

    public ProbeEffects(ProbeOptions options, TimeProvider time)
    {
        _time = time;
        if (options.EffectsDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
            _file = new StreamWriter(Path.Combine(directory, $"effects-{Environment.ProcessId}.log"), append: true) { AutoFlush = true };
        }
    }

    public void Started(JobContext context) => Write("start", context);

    public void Ended(JobContext context) => Write("end", context);

    public void Failed(JobContext context) => Write("fail", context);

    public void Dispose() => _file?.Dispose();

    private void Write(string what, JobContext context)
    {
        if (_file is null)
        {
            return;
        }

        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{what} {context.JobId} {context.Attempt} {context.LeaseToken} {_time.GetUtcNow().ToUnixTimeMilliseconds()} {context.Tenant}");
        lock (_lock)
        {
            _file.WriteLine(line);
        }
    }
}
