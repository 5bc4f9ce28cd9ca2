using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <content>What the silos do: they ask, start and end.</content>
internal sealed partial class ModelGrid
{
    private void Exchange(ModelSilo silo, bool renew, bool lost)
    {
        var request = silo.Request(renew, _now);
        var reply = _dispatcher.Exchange(request, _now);
        foreach (var completion in request.Completions)
        {
            _checker.Completed(silo.Name, completion);
        }

        if (lost)
        {
            _dispatcher.Reply(silo.Name);
            return;
        }

        silo.Reported(request.Completions);
        if (reply is not null)
        {
            silo.Take(reply, _now);
            if (reply.HeldWanted)
            {
                Exchange(silo, renew: true, lost: false);
            }
        }
    }

    private bool Dispatch()
    {
        var orders = _dispatcher.Dispatch(_now);
        foreach (var order in orders)
        {
            var silo = _silos.Single(silo => silo.Name == order.Silo);
            foreach (var lease in order.Leases)
            {
                _checker.Granted(silo, lease, _settings, _now);
            }

            silo.Take(_dispatcher.Reply(order), _now);
        }

        return orders.Any(order => order.Leases.Count > 0);
    }

    private void Start(ModelSilo silo)
    {
        if (silo.Slots.Find(slot => slot.Token is null) is not { } slot)
        {
            return;
        }

        if (_now - slot.RenewedAt >= Options.LeaseTimeout)
        {
            silo.Slots.Remove(slot);
            if (silo.KnownEpoch != _epoch)
            {
                _checker.Dropped(slot.Lease);
            }

            return;
        }

        var started = _store.Start(slot.Lease.Job.Id, silo.Name, _now);
        var job = _store[slot.Lease.Job.Id];
        slot.Token = started ? job.Token : null;
        if (!started)
        {
            silo.End(slot, job.Waiting, started: false);
        }
    }

    private void End(ModelSilo silo, int which)
    {
        if (silo.Slots.Find(slot => slot.Token is not null) is not { } slot)
        {
            return;
        }

        var state = (which % 7) switch { 1 => JobState.Retrying, 2 => JobState.Scheduled, 3 => JobState.Queued, _ => JobState.Succeeded };
        var counted = _store.Ack(slot.Lease.Job.Id, slot.Token!.Value, state, _now.AddMilliseconds(which % 3 * 1500));
        silo.End(slot, _store[slot.Lease.Job.Id].Waiting, counted);
    }
}
