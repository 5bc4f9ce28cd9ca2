using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform;

/// <summary>Adds the learning platform's job classes to a grid.</summary>
public static class LearningPlatformRegistration
{
    /// <summary>Adds the classes of <see cref="JobClasses"/> with the settings of a configuration; see <see cref="LearningPlatformOptions"/>.</summary>
    /// <exception cref="InvalidOptionsException">Values are not valid, or keys not known; the error lists every fault.</exception>
    public static JobGridBuilder AddLearningPlatform(this JobGridBuilder jobs, IConfiguration section) =>
        jobs.AddLearningPlatform(new LearningPlatformConfiguration(section).Read());

    /// <summary>Adds the classes of <see cref="JobClasses"/>.</summary>
    /// <exception cref="InvalidOptionsException">The options are not valid; the error lists every fault.</exception>
    public static JobGridBuilder AddLearningPlatform(this JobGridBuilder jobs, LearningPlatformOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var settings = (options ?? new LearningPlatformOptions()).Validated();
        jobs.Services.TryAddSingleton(settings);
        jobs.Services.TryAddSingleton<IChunkEncoder, BrotliChunkEncoder>();
        jobs.Services.TryAddSingleton(_ => new SearchIndex(settings.SearchDatabase));
        jobs.Services.TryAddSingleton<IMailTransport>(
            _ => settings.Smtp is { } smtp ? new SmtpTransport(smtp) : new PickupFolder(settings.MailDirectory));
        return jobs
            .AddHandler<TranscodeHandler>(JobClasses.Transcode, LimitTranscode)
            .AddHandler<IndexHandler>(JobClasses.Index, LimitIndex)
            .AddHandler<EmailHandler>(JobClasses.Email, LimitEmail);
    }

    /// <summary>A slot keeps a core busy; half of the cores are left to everything else.</summary>
    private static void LimitTranscode(JobClassOptions transcode)
    {
        transcode.MaxLocalWorkers = Math.Max(1, Environment.ProcessorCount / 2);
        transcode.Timeout = TimeSpan.FromHours(1);
        transcode.Retry = Retry.Exponential(maxAttempts: 5, firstDelay: TimeSpan.FromSeconds(2));
    }

    /// <summary>The index takes one write at a time: a few jobs keep it busy while others read, more would only queue up before it.</summary>
    private static void LimitIndex(JobClassOptions index)
    {
        index.MaxLocalWorkers = 4;
        index.MaxConcurrentJobs = 4;
        index.Timeout = TimeSpan.FromMinutes(5);
    }

    /// <summary>Sending is waiting, so slots are cheap; what a provider takes is not.</summary>
    private static void LimitEmail(JobClassOptions email)
    {
        email.MaxLocalWorkers = 16;
        email.Rate = Rate.PerSecond(100);
        email.Timeout = TimeSpan.FromMinutes(2);
        email.Retry = Retry.Exponential(maxAttempts: 10, firstDelay: TimeSpan.FromSeconds(5));
    }
}
