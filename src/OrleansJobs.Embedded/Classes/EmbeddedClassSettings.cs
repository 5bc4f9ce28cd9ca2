using OrleansJobs.Engine.Classes;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Classes;

/// <summary>What operators changed of the classes' limits, kept in the job store.</summary>
internal sealed class EmbeddedClassSettings(IJobStore store, JobClassRegistry classes)
{
    /// <summary>Times that a change is decided anew because another came in between.</summary>
    private const int MaxDecisions = 8;

    /// <summary>The limits in force.</summary>
    public async Task<JobClassSettings> GetAsync(string jobClass) => ClassLimits.InForce(classes.Get(jobClass), await ReadAsync(jobClass));

    /// <summary>Makes a change durable; gives the limits then in force.</summary>
    /// <exception cref="InvalidOptionsException">A value is out of range; nothing was changed.</exception>
    public async Task<JobClassSettings> ChangeAsync(string jobClass, JobClassChange change)
    {
        var known = classes.Get(jobClass);
        for (var decision = 0; decision < MaxDecisions; decision++)
        {
            var next = ClassLimits.Change(known, await ReadAsync(jobClass), change);
            if (await store.WriteClassSettingsAsync(jobClass, new ClassSettingsRow(next.Revision, ClassOverridesJson.Write(next))))
            {
                return ClassLimits.InForce(known, next);
            }
        }

        throw new GridUnavailableException($"The limits of '{jobClass}' are changed by many at once; repeat the call.");
    }

    private async Task<ClassOverrides> ReadAsync(string jobClass) =>
        await store.ReadClassSettingsAsync(jobClass) is { } row ? ClassOverridesJson.Read(row.Document) : new ClassOverrides();
}
