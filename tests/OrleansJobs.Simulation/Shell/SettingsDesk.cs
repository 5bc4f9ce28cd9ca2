using OrleansJobs.Core.Submission;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The durable limits of the classes. A change is stored, then told to the dispatcher.</summary>
internal sealed class SettingsDesk(World world)
{
    private readonly Dictionary<string, JobClassSettings> _settings =
        world.Scenario.Classes.ToDictionary(plan => plan.Name, plan => plan.Settings, StringComparer.Ordinal);

    public JobClassSettings Get(string jobClass) => _settings[jobClass];

    public void Read(Silo caller, string jobClass, Action<JobClassSettings> done, Action failed) =>
        world.Store.Read(caller, _ => _settings[jobClass], done, failed);

    /// <summary>A client changes limits, and goes on until that is stored and the dispatcher knows.</summary>
    public void Change(ClassPlan plan, JobClassChange change, Action done)
    {
        var (next, faults) = JobClassChangeRules.Apply(_settings[plan.Name], change, ClassPlan.Ceiling);
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }

        _settings[plan.Name] = next;
        Tell(plan.Name, next, done);
    }

    private void Tell(string jobClass, JobClassSettings settings, Action done) => world.Grains.Call<DispatcherActivation, bool>(
        null,
        GrainKey.Of(jobClass),
        (dispatcher, responder) => dispatcher.Apply(settings, responder),
        _ => done(),
        () => world.After(TimeSpan.FromSeconds(1), () => Tell(jobClass, settings, done)));
}
