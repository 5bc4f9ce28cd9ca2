using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Engine;

/// <summary>The silos, and what membership says of them. A silo that is dead to the others ends itself when it hears of it.</summary>
internal sealed class Cluster(World world)
{
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dead = new(StringComparer.Ordinal);
    private readonly Randomness _random = world.Random("cluster");
    private readonly Dictionary<int, int> _generations = [];
    private readonly List<Silo> _frozen = [];
    private DateTimeOffset _thawedAt = World.Beginning;

    /// <summary>Silos that run, frozen ones included, and those that crashed and are not declared dead yet.</summary>
    public List<Silo> Silos { get; } = [];

    /// <summary>Since when no silo is frozen, with messages that it has yet to read; never, while one is.</summary>
    public DateTimeOffset AwakeSince => _frozen.Exists(silo => silo.IsFrozen && !silo.IsGone) ? DateTimeOffset.MaxValue : _thawedAt;

    public bool IsMember(Silo silo) => _members.Contains(silo.Name);

    /// <summary>A silo through which a client speaks; null if there is none.</summary>
    public Silo? Gateway()
    {
        var open = Silos.Where(silo => silo.IsWorking && !silo.IsDraining).ToList();
        return open.Count == 0 ? null : _random.Pick(open);
    }

    public void Start(int place)
    {
        var generation = _generations[place] = _generations.GetValueOrDefault(place) + 1;
        var silo = new Silo(world, place, generation, _random.Between(-Times.MaxSkew, Times.MaxSkew));
        Silos.Add(silo);
        _members.Add(silo.Name);
        (silo.View, silo.Dead) = ([.. _members], [.. _dead]);
        world.History.Add(new SiloEvent(silo.Name, SiloChange.Started));
        Tell();
        silo.Agent = new SiloAgent(silo);
        silo.Agent.Begin();
    }

    public void Crash(Silo silo)
    {
        world.History.Add(new SiloEvent(silo.Name, SiloChange.Crashed));
        silo.End();
        world.After(_random.Milliseconds(1_000, 6_000), () => DeclareDead(silo));
    }

    /// <summary>The process has ended; another takes its place, whatever else goes on.</summary>
    public void CrashAndReplace(Silo silo)
    {
        Crash(silo);
        world.After(_random.Milliseconds(500, 3_000), () =>
        {
            if (!Silos.Exists(other => other.Place == silo.Place && !other.IsGone && !other.IsDraining))
            {
                Start(silo.Place);
            }
        });
    }

    public void Freeze(Silo silo, TimeSpan time)
    {
        world.History.Add(new SiloEvent(silo.Name, SiloChange.Froze));
        silo.Freeze();
        _frozen.Add(silo);
        var verdict = _random.Milliseconds(4_000, 9_000);
        if (time > verdict)
        {
            world.After(verdict, () =>
            {
                if (silo.IsFrozen)
                {
                    DeclareDead(silo);
                }
            });
        }

        world.After(time, () => Thaw(silo));
    }

    public void Thaw(Silo silo)
    {
        if (silo.IsFrozen && !silo.IsGone)
        {
            world.History.Add(new SiloEvent(silo.Name, SiloChange.Thawed));
            silo.Thaw();
            _thawedAt = world.Now;
            EndIfDead(silo);
        }
    }

    /// <summary>The silo has stopped in good order.</summary>
    public void Leave(Silo silo)
    {
        world.History.Add(new SiloEvent(silo.Name, SiloChange.Left));
        silo.End();
        DeclareDead(silo);
    }

    /// <summary>Membership's verdict: for good.</summary>
    public void DeclareDead(Silo silo)
    {
        if (!_members.Remove(silo.Name))
        {
            return;
        }

        _dead.Add(silo.Name);
        world.History.Add(new SiloEvent(silo.Name, SiloChange.DeclaredDead));
        Silos.Remove(silo);
        world.Directory.Lost(silo);
        foreach (var call in silo.Inbound.ToList())
        {
            call.Fail();
        }

        silo.Inbound.Clear();
        Tell();
        EndIfDead(silo);
    }

    private void EndIfDead(Silo silo)
    {
        if (!silo.IsGone && !silo.IsFrozen && !IsMember(silo))
        {
            silo.After(_random.Milliseconds(100, 2_000), () =>
            {
                world.History.Add(new SiloEvent(silo.Name, SiloChange.EndedItself));
                silo.End();
            });
        }
    }

    private void Tell()
    {
        foreach (var silo in Silos)
        {
            silo.After(_random.Milliseconds(1, 300), () =>
            {
                (silo.View, silo.Dead) = ([.. _members], [.. _dead]);
                silo.Dispatchers.ToList().ForEach(dispatcher => dispatcher.MembershipChanged());
            });
        }
    }
}
