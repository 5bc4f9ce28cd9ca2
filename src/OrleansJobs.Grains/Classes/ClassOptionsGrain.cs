using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Submission;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Classes;

/// <summary>
/// Keeps what operators changed apart from what the application registered, so that a deploy with other options takes effect wherever
/// no operator has spoken.
/// </summary>
[GrainType("orleansjobs-class-options")]
internal sealed class ClassOptionsGrain(
    [PersistentState("orleansjobs-class-options", ClassOptionsGrain.StorageName)] IPersistentState<ClassOverrides> state,
    JobClassRegistry classes) : Grain, IClassOptionsGrain
{
    /// <summary>The name under which the AdoNet storage provider is registered.</summary>
    public const string StorageName = "orleansjobs-options";

    private ClassOverrides? _stored;

    private string JobClass => ClassOptionsKey.ClassOf(this.GetPrimaryKeyString());

    /// <summary>Interleaves with a change under way, so it goes by what is stored.</summary>
    public Task<JobClassSettings> GetAsync() => Task.FromResult(InForce(_stored ?? state.State));

    public Task<Reply<JobClassSettings>> ChangeAsync(JobClassChange change) => JobReplies.GuardAsync(async () =>
    {
        var before = _stored ??= state.State;
        var (_, faults) = JobClassChangeRules.Apply(InForce(before), change, classes.Get(JobClass).Options.EffectiveCeiling);
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }

        await StoreAsync(before, before.With(change));
        return InForce(state.State);
    });

    private async Task StoreAsync(ClassOverrides before, ClassOverrides next)
    {
        state.State = next;
        try
        {
            await state.WriteStateAsync();
            _stored = next;
        }
        catch (Exception)
        {
            state.State = before;
            DeactivateOnIdle();
            throw;
        }
    }

    private JobClassSettings InForce(ClassOverrides overrides)
    {
        var options = classes.Get(JobClass).Options;
        var (settings, faults) = JobClassChangeRules.Apply(options.ToSettings(), overrides.Change, options.EffectiveCeiling);
        return (faults.Count == 0 ? settings : options.ToSettings()) with { Revision = overrides.Revision };
    }
}
