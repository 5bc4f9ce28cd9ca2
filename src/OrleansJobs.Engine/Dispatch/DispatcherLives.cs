using System.Text.Json;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// Counts the lives of a class's dispatcher in the store, beside the class's settings: each begins above all before, whatever the clocks do,
/// and finds what the one before has left.
/// </summary>
internal static class DispatcherLives
{
    /// <summary>No class's name has a colon.</summary>
    private const string Prefix = "life:";

    /// <summary>Times that a beginning is decided anew because another came in between.</summary>
    private const int MaxDecisions = 8;

    /// <summary>
    /// The least between two lives, so that what a life counts from its number on does not reach the next. Versions before this one took the
    /// time for the number; a life goes above that too, as far as it is not over.
    /// </summary>
    private const long Step = TimeSpan.TicksPerHour;

    /// <summary>Begins a life.</summary>
    /// <exception cref="GridUnavailableException">The store does not answer, or many begin at once.</exception>
    public static async Task<DispatcherLife> BeginAsync(IJobStore store, string jobClass, DateTimeOffset now)
    {
        var key = Prefix + jobClass;
        for (var decision = 0; decision < MaxDecisions; decision++)
        {
            var row = await store.ReadClassSettingsAsync(key);
            var before = row is null ? new LifeDocument() : Read(row);
            var next = before with { Epoch = Math.Max(before.Epoch + Step, now.UtcTicks) };
            var revision = (row?.Revision ?? 0) + 1;
            if (await store.WriteClassSettingsAsync(key, new ClassSettingsRow(revision, Write(next))))
            {
                return new DispatcherLife(store, key, revision, next);
            }
        }

        throw new GridUnavailableException($"Many dispatchers of '{jobClass}' begin at once; repeat the call.");
    }

    public static LifeDocument Read(ClassSettingsRow row) =>
        JsonSerializer.Deserialize<LifeDocument>(row.Document, ClassOverridesJson.Options) ?? new LifeDocument();

    public static string Write(LifeDocument document) => JsonSerializer.Serialize(document, ClassOverridesJson.Options);
}
