namespace OrleansJobs.Storage;

/// <summary>
/// A claim on a store that was granted. It ends when it is disposed of, and with the process, however that ends: the operating system or
/// the database gives it up, and the next claim is granted at once. A process that is only paused keeps it.
/// </summary>
public interface IStoreOwnership : IAsyncDisposable
{
    /// <summary>Fires when the claim was lost to somebody else while the process lived: it has to stop using the store.</summary>
    CancellationToken Lost { get; }
}
