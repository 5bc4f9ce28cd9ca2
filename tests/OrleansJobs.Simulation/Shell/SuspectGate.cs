using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>What may start on a silo beside what: asks the core, tells those who wait, keeps the time.</summary>
internal sealed class SuspectGate(Silo silo)
{
    private readonly SiloGate _gate = new();
    private readonly List<Guest> _guests = [];
    private long _timer;

    /// <summary>Whether nothing may start.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Hears, after each time that the gate has closed or opened.</summary>
    public Action? OnTurn { get; set; }

    private TimeSpan Now => silo.Now - World.Beginning;

    public bool TryEnter() => _gate.TryEnter(Now) || silo.World.Protocol.IgnoresTheGate;

    /// <summary>A job that has come in is suspected and asks for a place.</summary>
    /// <param name="attempt">Its attempt.</param>
    /// <param name="job">The job.</param>
    /// <param name="placed">Hears of its place, once.</param>
    /// <param name="endIsolation">Stores that others run beside it; calls what it is given when that is stored, or does not matter any more.</param>
    public void Ask(Attempt attempt, JobRecord job, Action<SiloVisit> placed, Action<Action> endIsolation) => Do(() =>
    {
        attempt.Visit = _gate.Ask(job, Suspects.Of(job, isExplained: null), Now);
        _guests.Add(new Guest(attempt.Visit, placed, endIsolation));
    });

    public void Leave(Attempt attempt) => Do(() =>
    {
        attempt.IsInside = false;
        _gate.Leave(attempt.Visit, Now);
        _guests.RemoveAll(guest => guest.Visit == attempt.Visit);
    });

    /// <summary>A job was found to have ended silos.</summary>
    public void Acquit(Func<string, bool> isExplained) => Do(() => _gate.Acquit(job => Suspects.Of(job, isExplained) == Suspicion.None, Now));

    public void Drain() => Do(_gate.Drain);

    private void Do(Action act)
    {
        act();
        SetTimer();
        var turned = IsClosed != _gate.IsClosed;
        IsClosed = _gate.IsClosed;
        foreach (var guest in _guests.Where(guest => guest is { IsTold: false, Visit.Place: not null }).ToList())
        {
            guest.IsTold = true;
            silo.After(TimeSpan.Zero, () => guest.Placed(guest.Visit));
        }

        foreach (var guest in _guests.Where(guest => guest is { IsJoining: false, Visit.MustJoin: true }).ToList())
        {
            guest.IsJoining = true;
            guest.EndIsolation(() => Do(() => _gate.Joined(guest.Visit, Now)));
        }

        if (turned)
        {
            silo.World.History.Add(new GateTurned(silo.Name, IsClosed));
            OnTurn?.Invoke();
        }
    }

    private void SetTimer()
    {
        var timer = ++_timer;
        if (_gate.NextAt is { } at)
        {
            silo.After(at - Now, () =>
            {
                if (timer == _timer)
                {
                    Do(() => _gate.Advance(Now));
                }
            });
        }
    }

    private sealed class Guest(SiloVisit visit, Action<SiloVisit> placed, Action<Action> endIsolation)
    {
        public SiloVisit Visit => visit;

        public Action<SiloVisit> Placed => placed;

        public Action<Action> EndIsolation => endIsolation;

        public bool IsTold { get; set; }

        public bool IsJoining { get; set; }
    }
}
