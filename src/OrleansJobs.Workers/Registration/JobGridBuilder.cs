using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Registration;

/// <summary>
/// Says what the grid runs in this process. Calls add up, in whatever order and however often they are made; everything is checked together
/// when the host starts.
/// </summary>
public sealed class JobGridBuilder
{
    private readonly JobGridSetup _setup;

    internal JobGridBuilder(IServiceCollection services, JobGridSetup setup)
    {
        Services = services;
        _setup = setup;
    }

    /// <summary>The services of the process, for extensions.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a job class and what runs its attempts. A class has one handler: a second one for the same class is a fault at start. A handler
    /// type that the services do not know yet is added to them, scoped: one instance for each attempt.
    /// </summary>
    /// <param name="jobClass">The class's name.</param>
    /// <param name="configure">Sets its options.</param>
    public JobGridBuilder AddHandler<TPayload, THandler>(string jobClass, Action<JobClassOptions>? configure = null)
        where THandler : class, IJobHandler<TPayload>
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        Services.TryAddScoped<THandler>();
        _setup.Handlers.Add((jobClass, new JobInvoker<TPayload, THandler>()));
        return configure is null ? this : ConfigureClass(jobClass, configure);
    }

    /// <summary>
    /// Adds a declared job class and what runs its attempts; a handler of another payload does not compile. See
    /// <see cref="AddHandler{TPayload, THandler}(string, Action{JobClassOptions}?)"/>.
    /// </summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="configure">Sets its options.</param>
    public JobGridBuilder AddHandler<TPayload, THandler>(JobClass<TPayload> jobClass, Action<JobClassOptions>? configure = null)
        where THandler : class, IJobHandler<TPayload>
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        return AddHandler<TPayload, THandler>(jobClass.Name, configure);
    }

    /// <summary>
    /// Adds a declared job class and what runs its attempts, in short: the class says what the handler gets. A handler of another payload is a
    /// fault at start. See <see cref="AddHandler{TPayload, THandler}(string, Action{JobClassOptions}?)"/>.
    /// </summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="configure">Sets its options.</param>
    public JobGridBuilder AddHandler<THandler>(JobClass jobClass, Action<JobClassOptions>? configure = null)
        where THandler : class
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        if (JobInvoker.Make(jobClass.PayloadType, typeof(THandler)) is not { } invoker)
        {
            _setup.Faults.Add(
                $"Job class '{jobClass.Name}' carries {jobClass.PayloadType}, but its handler {typeof(THandler)} is no IJobHandler<{jobClass.PayloadType.Name}>.");
            return this;
        }

        Services.TryAddScoped<THandler>();
        _setup.Handlers.Add((jobClass.Name, invoker));
        return configure is null ? this : ConfigureClass(jobClass.Name, configure);
    }

    /// <summary>Changes the options of a class that is, or will be, added. Later calls act after earlier ones.</summary>
    public JobGridBuilder ConfigureClass(string jobClass, Action<JobClassOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        ArgumentNullException.ThrowIfNull(configure);
        _setup.Changes.Add((jobClass, configure));
        return this;
    }

    /// <summary>
    /// Lets configuration override the options of classes. Each child of the section is a class, each of its keys an option by its name in
    /// <see cref="JobClassOptions"/>: <c>email:MaxLocalWorkers=16</c>, <c>email:Rate=50/s</c>, <c>email:Retry:MaxAttempts=5</c>,
    /// <c>email:Timeout=90s</c>, <c>email:TenantWeights:acme=3</c>. Unknown classes, unknown keys and values that do not parse are faults at start.
    /// </summary>
    /// <param name="section">The classes, such as <c>configuration.GetSection("JobGrid:Classes")</c>.</param>
    public JobGridBuilder BindClasses(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _setup.ClassSections.Add(section);
        return this;
    }

    /// <summary>Changes the times by which this silo runs jobs.</summary>
    public JobGridBuilder ConfigureWorkers(Func<WorkerOptions, WorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _setup.Workers = configure(_setup.Workers);
        return this;
    }

    /// <summary>
    /// Lets configuration override the times by which this silo runs jobs, by their names in <see cref="WorkerOptions"/>:
    /// <c>DrainTimeout=25s</c>. Unknown keys and values that do not parse are faults at start.
    /// </summary>
    /// <param name="section">The times, such as <c>configuration.GetSection("JobGrid:Workers")</c>.</param>
    public JobGridBuilder BindWorkers(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        _setup.WorkerSections.Add(section);
        return this;
    }

    /// <summary>
    /// Wraps every attempt of every class. The first added is the outermost. A type that the services do not know yet is added to them,
    /// scoped: one instance for each attempt.
    /// </summary>
    public JobGridBuilder AddMiddleware<TMiddleware>() where TMiddleware : class, IJobMiddleware
    {
        Services.TryAddScoped<TMiddleware>();
        _setup.Middleware.Add(static services => services.GetRequiredService<TMiddleware>());
        return this;
    }

    /// <summary>
    /// How payloads, results and checkpoints are written; the last call counts. With a source-generated resolver that does not know the
    /// payload of a class the start fails.
    /// </summary>
    public JobGridBuilder UseJson(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _setup.Json = options;
        return this;
    }
}
