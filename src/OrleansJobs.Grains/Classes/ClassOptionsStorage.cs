using Orleans.Configuration;

namespace OrleansJobs.Grains.Classes;

/// <summary>Where the class options grains keep what operators change.</summary>
internal static class ClassOptionsStorage
{
    /// <summary>Adds the AdoNet storage provider of the class options grains.</summary>
    public static ISiloBuilder AddClassOptionsStorage(this ISiloBuilder silo, string invariant, string connectionString) =>
        silo.AddAdoNetGrainStorage(ClassOptionsGrain.StorageName, options =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = new JsonGrainStateSerializer();
        });
}
