namespace OrleansJobs;

/// <summary>
/// A job class that is bound to its payload where it is declared:
/// <c>public static readonly JobClass&lt;SendEmail&gt; Email = new("email");</c>. Whoever submits and whoever handles share the declaration, so
/// that a wrong payload and a misspelt class do not compile.
/// </summary>
/// <typeparam name="TPayload">What its jobs carry.</typeparam>
/// <param name="name">The class's name.</param>
public class JobClass<TPayload>(string name) : JobClass(name, typeof(TPayload));
