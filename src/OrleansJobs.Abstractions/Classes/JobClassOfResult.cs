namespace OrleansJobs;

/// <summary>A job class whose jobs have a result: handles on them give it by its type.</summary>
/// <typeparam name="TPayload">What its jobs carry.</typeparam>
/// <typeparam name="TResult">What its handler gives to <see cref="JobResult.Success{T}"/>.</typeparam>
/// <param name="name">The class's name.</param>
public sealed class JobClass<TPayload, TResult>(string name) : JobClass<TPayload>(name);
