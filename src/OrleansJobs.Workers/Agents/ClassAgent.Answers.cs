using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Agents;

/// <content>Exchanges, and what follows from their answers.</content>
internal sealed partial class ClassAgent
{
    /// <summary>Exchanges once and acts on the answer.</summary>
    /// <returns>Whether the answer brought anything; null if there was none.</returns>
    private async Task<bool?> ExchangeAsync(ExchangeRequest request, bool wait)
    {
        var sentAt = _parts.Time.GetTimestamp();
        try
        {
            return Act(request, await _parts.Dispatchers.ExchangeAsync(_jobClass, request, wait), sentAt);
        }
        catch (Exception exception)
        {
            _contact.Failed(exception);
            return null;
        }
        finally
        {
            lock (_gate)
            {
                _outbox.Close(request.Number);
            }
        }
    }

    private bool Act(ExchangeRequest request, ExchangeReply reply, long sentAt)
    {
        bool news, isAwaited;
        lock (_gate)
        {
            isAwaited = _outbox.TakeAnswer(request.Number);
            news = _outbox.Answered(request, reply) | TakeSettings(reply.Settings);
        }

        if (request.Held is { } renewed)
        {
            _pool.Renewed(renewed, sentAt);
        }

        foreach (var id in reply.Lost)
        {
            _pool.Lose(id);
        }

        foreach (var lease in isAwaited ? reply.Leases : [])
        {
            _pool.Begin(lease, reply.ParkedFor is { } parked ? sentAt + TimestampsOf(parked) : null);
        }

        foreach (var lease in isAwaited ? [] : reply.Leases)
        {
            Ended(lease.NotStarted());
        }

        foreach (var stop in reply.Stops)
        {
            _pool.Stop(stop);
        }

        return news || reply.Leases.Count + reply.Stops.Count + reply.Lost.Count > 0;
    }

    private long TimestampsOf(TimeSpan time) => (long)(time.TotalSeconds * _parts.Time.TimestampFrequency);

    // Answers may overtake one another; older settings must not replace newer ones.
    private bool TakeSettings(JobClassSettings settings)
    {
        if (settings.Revision <= _settingsRevision)
        {
            return false;
        }

        _settingsRevision = settings.Revision;
        _pool.SetLimit(settings.MaxLocalWorkers);
        return true;
    }
}
