using OrleansJobs.Core.Submission;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Classes;

/// <summary>
/// The limits of a class: what the application registered, with what operators changed while the grid ran. The two are kept apart, so that a
/// deploy with other options takes effect wherever no operator has spoken.
/// </summary>
internal static class ClassLimits
{
    /// <summary>The limits in force. Changes that a deploy has made invalid, such as permits over a lower ceiling, do not count.</summary>
    public static JobClassSettings InForce(RegisteredClass jobClass, ClassOverrides overrides)
    {
        var options = jobClass.Options;
        var (settings, faults) = JobClassChangeRules.Apply(options.ToSettings(), overrides.Change, options.EffectiveCeiling);
        return (faults.Count == 0 ? settings : options.ToSettings()) with { Revision = overrides.Revision };
    }

    /// <summary>The changes so far and one more, if it is valid.</summary>
    /// <exception cref="InvalidOptionsException">A value is out of range.</exception>
    public static ClassOverrides Change(RegisteredClass jobClass, ClassOverrides before, JobClassChange change)
    {
        var (_, faults) = JobClassChangeRules.Apply(InForce(jobClass, before), change, jobClass.Options.EffectiveCeiling);
        return faults.Count == 0 ? before.With(change) : throw new InvalidOptionsException(faults);
    }
}
