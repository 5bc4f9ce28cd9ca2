using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using OrleansJobs;
using OrleansJobs.Http;

namespace LearningPlatform.Demo.Folder;

/// <summary>The three jobs of a file.</summary>
internal static class FileJobs
{
    private const string Recipient = "Learner <learner@platform.example>";
    private const string Tenant = "demo";
    private const int MaxNameInSubject = 200;

    public static IEnumerable<SubmitRequest> Of(DemoFile file) =>
    [
        Job(JobClasses.Transcode, file, new TranscodeMedia(file.Path)),
        Job(JobClasses.Index, file, new IndexDocument(file.Path)),
        Job(JobClasses.Email, file, EmailFor(file)),
    ];

    private static SubmitRequest Job<TPayload>(JobClass<TPayload> jobClass, DemoFile file, TPayload payload) => new()
    {
        Id = JobId.New(),
        JobClass = jobClass.Name,
        Tenant = Tenant,
        UniqueKey = file.UniqueKey,
        Payload = new RawJson(JobSerializer.Default.SerializePayload(payload)),
        Tags = [Tenant],
    };

    private static SendEmail EmailFor(DemoFile file) => new(
        Recipient,
        $"Ready to learn: {OneLine(Path.GetFileName(file.Path))}",
        $"Hello,\n\nyour file is being made ready:\n\n  {file.Path}\n  {file.Bytes:N0} bytes, changed {file.ModifiedAt:u}\n\nThe learning platform\n");

    /// <summary>A file may be called anything, also what a header must not hold.</summary>
    private static string OneLine(string name)
    {
        var plain = string.Concat(name.EnumerateRunes().Take(MaxNameInSubject)
            .Select(rune => System.Text.Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? "\uFFFD" : rune.ToString()));
        return plain.Replace("=?", "= ?");
    }
}
