using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Silos;

/// <summary>Whether the silo has its store alone or together with others.</summary>
internal sealed record StoreSharing(StoreClaim Claim);
