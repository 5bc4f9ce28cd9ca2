using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OrleansJobs.Core.Submission;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Registration;

/// <summary>All that was said to the builders of one service collection, and what comes of it.</summary>
internal sealed class JobGridSetup
{
    public List<(string JobClass, JobInvoker Invoker)> Handlers { get; } = [];

    /// <summary>What was wrong already when it was said.</summary>
    public List<string> Faults { get; } = [];

    public List<(string JobClass, Action<JobClassOptions> Change)> Changes { get; } = [];

    public List<IConfiguration> ClassSections { get; } = [];

    public List<IConfiguration> WorkerSections { get; } = [];

    public List<Func<IServiceProvider, IJobMiddleware>> Middleware { get; } = [];

    public WorkerOptions Workers { get; set; } = new();

    public JsonSerializerOptions? Json { get; set; }

    /// <summary>The classes and the options of the workers, if everything is valid.</summary>
    /// <exception cref="InvalidOptionsException">Something is not; the text lists all that is not.</exception>
    public JobGridParts Build()
    {
        List<string> faults = [.. Faults];
        var classes = BuildClasses(faults);
        var workers = WorkerSections.Aggregate(Workers, (options, section) => WorkerConfiguration.Apply(section, options, faults));
        faults.AddRange(workers.Check());
        return faults.Count == 0 ? new JobGridParts(new JobClassRegistry(classes), workers) : throw new InvalidOptionsException(faults);
    }

    private List<RegisteredClass> BuildClasses(List<string> faults)
    {
        var classes = new Dictionary<string, RegisteredClass>(StringComparer.Ordinal);
        foreach (var (name, invoker) in Handlers)
        {
            if (!classes.TryAdd(name, new RegisteredClass(name, new JobClassOptions(), invoker)))
            {
                faults.Add($"Job class '{name}' has two handlers, {classes[name].HandlerType} and {invoker.HandlerType}; it may have one.");
            }
        }

        ApplyChanges(classes, faults);
        foreach (var section in ClassSections)
        {
            ClassConfiguration.Apply(section, classes, faults);
        }

        foreach (var jobClass in classes.Values)
        {
            faults.AddRange(JobClassOptionsRules.Check(jobClass.Name, jobClass.Options));
            CheckJson(jobClass, faults);
        }

        return [.. classes.Values];
    }

    private void ApplyChanges(Dictionary<string, RegisteredClass> classes, List<string> faults)
    {
        foreach (var (name, change) in Changes)
        {
            if (classes.TryGetValue(name, out var jobClass))
            {
                change(jobClass.Options);
            }
            else
            {
                faults.Add($"Job class '{name}' is configured but has no handler.");
            }
        }
    }

    private void CheckJson(RegisteredClass jobClass, List<string> faults)
    {
        if (Json?.TypeInfoResolver is { } resolver && resolver.GetTypeInfo(jobClass.PayloadType, Json) is null)
        {
            faults.Add($"Job class '{jobClass.Name}' carries {jobClass.PayloadType}, which the JSON options given to UseJson do not know.");
        }
    }
}
