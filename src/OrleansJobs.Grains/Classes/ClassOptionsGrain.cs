using OrleansJobs.Client.Grains;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Classes;

/// <summary>Keeps what operators changed of a class's limits.</summary>
[GrainType("orleansjobs-class-options"), KeepAlive]
internal sealed class ClassOptionsGrain(
    [PersistentState("orleansjobs-class-options", ClassOptionsGrain.StorageName)] IPersistentState<ClassOverrides> state,
    IJobStore store, JobClassRegistry classes) : Grain, IClassOptionsGrain
{
    /// <summary>The name under which the AdoNet storage provider is registered.</summary>
    public const string StorageName = "orleansjobs-options";

    private ClassOverrides? _stored;

    private RegisteredClass JobClass => classes.Get(ClassOptionsKey.ClassOf(this.GetPrimaryKeyString()));

    /// <summary>A store that the embedded engine had before keeps what was changed then; it holds until the first change here.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists && await store.ReadClassSettingsAsync(JobClass.Name) is { } row)
        {
            state.State = ClassOverridesJson.Read(row.Document);
        }
    }

    /// <summary>Interleaves with a change under way, so it goes by what is stored.</summary>
    public Task<JobClassSettings> GetAsync() => Task.FromResult(ClassLimits.InForce(JobClass, _stored ?? state.State));

    public Task<Reply<JobClassSettings>> ChangeAsync(JobClassChange change) => JobReplies.GuardAsync(async () =>
    {
        var before = _stored ??= state.State;
        await StoreAsync(before, ClassLimits.Change(JobClass, before, change));
        return ClassLimits.InForce(JobClass, state.State);
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
}
