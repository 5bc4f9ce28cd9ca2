using System.Globalization;

namespace OrleansJobs.ProcessKit;

/// <summary>What the probes of all processes did, read from the files they left; and the questions that tests ask of it.</summary>
internal sealed class Effects
{
    private const string FilePrefix = "effects-";

    private readonly IReadOnlyDictionary<int, long> _kills;

    private Effects(IReadOnlyList<Run> runs, IReadOnlyDictionary<int, long> kills)
    {
        Runs = runs;
        _kills = kills;
    }

    /// <summary>All runs in the order in which they started.</summary>
    public IReadOnlyList<Run> Runs { get; }

    /// <summary>Reads the traces.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="kills">When which process was killed.</param>
    public static Effects Read(string folder, IReadOnlyDictionary<int, long> kills)
    {
        var runs = Directory.EnumerateFiles(folder, FilePrefix + "*.log").SelectMany(ReadProcess);
        return new Effects([.. runs.OrderBy(run => run.StartedAt).ThenBy(run => run.LeaseToken)], kills);
    }

    public Effects Of(IReadOnlySet<JobId> jobs) => Where(run => jobs.Contains(run.Job));

    public Effects Where(Func<Run, bool> counts) => new([.. Runs.Where(counts)], _kills);

    public ILookup<JobId, Run> ByJob() => Runs.ToLookup(run => run.Job);

    /// <summary>The most that ran at one moment.</summary>
    public int MostAtOnce() => MostAtOnce(Runs);

    /// <summary>The most that ran at one moment, for each process.</summary>
    public IReadOnlyList<int> MostAtOncePerProcess() => [.. Runs.GroupBy(run => run.Process).Select(MostAtOnce)];

    /// <summary>No job ran beside itself, no lease token came twice or fell, and no job had more attempts than it may have.</summary>
    public void RequireOrder(int maxAttempts)
    {
        foreach (var job in ByJob())
        {
            Run? before = null;
            foreach (var run in job)
            {
                Assert.True(run.Attempt <= maxAttempts, $"Attempt {run.Attempt} of {maxAttempts}: {Describe(job)}");
                if (before is not null)
                {
                    Assert.True(run.LeaseToken > before.LeaseToken, $"The lease token does not rise: {Describe(job)}");
                    Assert.True(run.StartedAt >= EndOf(before), $"The job runs beside itself: {Describe(job)}");
                }

                before = run;
            }
        }
    }

    private static string Describe(IEnumerable<Run> runs) => string.Join(Environment.NewLine, runs.Prepend<object>(""));

    private int MostAtOnce(IEnumerable<Run> runs)
    {
        // At the same millisecond an end comes before a start.
        var steps = runs.SelectMany(run => ((long At, int Step)[])[(run.StartedAt, 1), (EndOf(run), -1)]).OrderBy(step => step.At).ThenBy(step => step.Step);
        var (now, most) = (0, 0);
        foreach (var (_, step) in steps)
        {
            now += step;
            most = Math.Max(most, now);
        }

        return most;
    }

    private long EndOf(Run run) => run.EndedAt ?? (_kills.TryGetValue(run.Process, out var killed) ? killed : long.MaxValue);

    private static IEnumerable<Run> ReadProcess(string file)
    {
        var process = int.Parse(Path.GetFileNameWithoutExtension(file)[FilePrefix.Length..], CultureInfo.InvariantCulture);
        var runs = new Dictionary<(JobId Job, long LeaseToken), Run>();
        foreach (var words in CompleteLines(file).Select(line => line.Split(' ')))
        {
            var (job, token, at) = (JobId.Parse(words[1]), Number(words[3]), Number(words[4]));
            runs[(job, token)] = words[0] == "start"
                ? new Run(job, (int)Number(words[2]), token, words[5], process, at, null, false)
                : runs[(job, token)] with { EndedAt = at, Succeeded = words[0] == "end" };
        }

        return runs.Values;
    }

    // A process that is killed, or that is still at it, may leave half a line at the end.
    private static string[] CompleteLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new StreamReader(stream).ReadToEnd();
        var end = text.LastIndexOf('\n');
        return end < 0 ? [] : text[..end].Split('\n');
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
