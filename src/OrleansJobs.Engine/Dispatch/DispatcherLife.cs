using OrleansJobs.Core.Limits;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>A life of a class's dispatcher, as the store has it.</summary>
internal sealed class DispatcherLife(IJobStore store, string key, long revision, LifeDocument document)
{
    private long _revision = revision;
    private LifeDocument _document = document;

    /// <summary>Its number, above those of all before.</summary>
    public long Epoch => _document.Epoch;

    /// <summary>How far the class's rate is used up, if that is known.</summary>
    public RateMark? Rate => _document.Rate;

    /// <summary>Stores how far the rate is used up, unless a later life has begun.</summary>
    /// <returns>Whether it is stored.</returns>
    /// <exception cref="GridUnavailableException">The store does not answer.</exception>
    public async Task<bool> StoreAsync(RateMark rate)
    {
        var next = _document with { Rate = rate };
        return await WriteAsync(next) || (await IsStillItsAsync() && await WriteAsync(next));
    }

    private async Task<bool> WriteAsync(LifeDocument next)
    {
        var written = await store.WriteClassSettingsAsync(key, new ClassSettingsRow(_revision + 1, DispatcherLives.Write(next)));
        if (written)
        {
            (_revision, _document) = (_revision + 1, next);
        }

        return written;
    }

    /// <summary>An earlier write of this life may have been made though it had no answer.</summary>
    private async Task<bool> IsStillItsAsync()
    {
        if (await store.ReadClassSettingsAsync(key) is not { } row || DispatcherLives.Read(row).Epoch != Epoch)
        {
            return false;
        }

        _revision = row.Revision;
        return true;
    }
}
