using Microsoft.Extensions.Options;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.TypeSystem;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Hosting;

/// <summary>Handler types are part of their pools' grain types, so Orleans has to be told that it may read their names.</summary>
internal sealed class HandlerTypeManifest(JobClassRegistry classes) : IConfigureOptions<TypeManifestOptions>
{
    public void Configure(TypeManifestOptions options)
    {
        foreach (var jobClass in classes.All)
        {
            options.AllowedTypes.Add(RuntimeTypeNameFormatter.Format(jobClass.HandlerType));
            options.AllowedTypes.Add(jobClass.HandlerType.FullName!);
        }
    }
}
