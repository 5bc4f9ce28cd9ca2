namespace OrleansJobs.Dashboard.Live;

/// <summary>Something that pages follow.</summary>
/// <param name="Event">The name of its events.</param>
/// <param name="Key">Tells it from others: listeners with the same key share one reader.</param>
/// <param name="Read">Reads it as it is.</param>
/// <param name="Dress">Makes of what was read what goes out, when it has changed: adds what changes by itself.</param>
internal sealed record LiveSource(string Event, string Key, Func<CancellationToken, Task<object>> Read, Func<object, object> Dress);
