using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The outbox of a silo for the dispatcher of a class. What gathers while a call is under way goes with the next; a call that fails is repeated.</summary>
internal sealed class ClassNotices(Silo silo, string jobClass)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private Notice _gathered = new();
    private bool _sending;

    public static void Waiting(Silo silo, JobRecord job) => Of(silo, job.JobClass).Gather(notice => notice.Waiting.Add(job.ToWaiting()));

    /// <summary>Passes on what follows from a stored transition.</summary>
    public static void Tell(Silo silo, Transition transition)
    {
        var (job, notices) = (transition.Next, Of(silo, transition.Next.JobClass));
        if (transition.Effects.HasFlag(Effects.Enqueue))
        {
            Waiting(silo, job);
        }

        if (transition.Effects.HasFlag(Effects.Withdraw))
        {
            notices.Gather(notice => notice.Withdrawn.Add(job.Id));
        }

        if (transition.Effects.HasFlag(Effects.StopAttempt))
        {
            notices.Gather(notice => notice.Stops.Add((job.Id, job.LeaseToken)));
        }
    }

    /// <summary>Some notices may not have come to the dispatcher: it has to read the store.</summary>
    public static void Incomplete(Silo silo, string jobClass) => Of(silo, jobClass).Gather(notice => notice.Incomplete = true);

    private static ClassNotices Of(Silo silo, string jobClass)
    {
        if (!silo.Notices.TryGetValue(jobClass, out var notices))
        {
            silo.Notices[jobClass] = notices = new ClassNotices(silo, jobClass);
        }

        return notices;
    }

    private void Gather(Action<Notice> add)
    {
        if (silo.World.Protocol.LosesNoticesAndNeverReconciles)
        {
            return;
        }

        add(_gathered);
        if (!_sending)
        {
            _sending = true;
            silo.After(TimeSpan.Zero, Send);
        }
    }

    private void Send()
    {
        _sending = !_gathered.IsEmpty;
        if (_sending)
        {
            var notice = _gathered;
            _gathered = new Notice();
            Deliver(notice, FirstPause);
        }
    }

    private void Deliver(Notice notice, TimeSpan pause) => silo.World.Grains.Call<DispatcherActivation, bool>(
        silo,
        GrainKey.Of(jobClass),
        (dispatcher, responder) => dispatcher.Notify(notice, responder),
        _ => Send(),
        () =>
        {
            notice.Incomplete = true;
            silo.After(pause, () => Deliver(notice, pause * 2 < LongestPause ? pause * 2 : LongestPause));
        });
}
