namespace OrleansJobs.Workers.Settings;

/// <summary>
/// A part of a host that has settings of its own below <see cref="JobSettings.Section"/>: an engine, a store, an application's own. Registered
/// as a singleton, it is asked when the host is checked, before anything of the grid runs.
/// </summary>
public interface IHostPart
{
    /// <summary>
    /// Reads every setting that the part knows, and thereby checks it; the reader gathers what is wrong. A setting that no part reads is
    /// refused as unknown.
    /// </summary>
    void Read(SettingsReader settings);

    /// <summary>Where the part is going to listen. Asked only after all settings are known to be valid.</summary>
    IEnumerable<ListenPoint> ListenPoints => [];

    /// <summary>
    /// Categories under which the part's layers log the exception that ends a start. They are quiet until the host has started, because the
    /// host tells the fault in a sentence.
    /// </summary>
    IEnumerable<string> StartCategories => [];
}
