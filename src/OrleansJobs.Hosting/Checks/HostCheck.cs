using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Checks;

/// <summary>
/// Finds what is wrong with the settings, the ports or the store before anything runs: whoever starts a host should read a sentence, not the
/// traces that a failing start leaves in the log.
/// </summary>
internal sealed class HostCheck(IServiceProvider services, JobSettings settings, IEnumerable<IHostPart> parts)
{
    private bool _passed;

    /// <summary>Checks once; a host that has passed is not checked again.</summary>
    /// <exception cref="InvalidOptionsException">Settings or registrations are not valid, or ports are taken; the text lists every fault.</exception>
    /// <exception cref="StoreSetupException">The store cannot be used.</exception>
    public async Task RunAsync()
    {
        if (_passed)
        {
            return;
        }

        ThrowIfAny(SettingFaults());
        ThrowIfAny(PortCheck.Faults(parts.SelectMany(part => part.ListenPoints)));
        await services.GetRequiredService<IJobStore>().InitializeAsync();
        _passed = true;
    }

    private IReadOnlyList<string> SettingFaults()
    {
        var reader = settings.Read();
        foreach (var part in parts)
        {
            part.Read(reader);
        }

        reader.RefuseUnknown();
        reader.Require(services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ISlotRunner)),
            "Nothing runs the jobs: call UseEmbedded(), or UseOrleans(silo => silo.AddOrleansJobs(…)).");
        return [.. reader.Faults.Distinct(StringComparer.Ordinal)];
    }

    private static void ThrowIfAny(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }
}
