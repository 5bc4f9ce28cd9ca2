using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Settings;

/// <summary>Which store a host uses, and the settings of all that it could use.</summary>
internal sealed class StorePart(IReadOnlyList<IStoreSettings> stores) : IHostPart
{
    public const string Key = "Store";

    public void Read(SettingsReader settings) => Choose(settings);

    public Action<JobGridBuilder> Choose(SettingsReader settings)
    {
        var name = settings.Choice(Key, [.. stores.Select(store => store.Name)]);
        foreach (var other in stores.Where(store => store.Name != name))
        {
            other.Read(settings.WithoutEffect());
        }

        return stores.First(store => store.Name == name).Read(settings);
    }
}
