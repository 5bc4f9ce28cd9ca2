using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Engine;

/// <summary>Messages between silos, and between clients and silos: late, lost, doubled, out of order, or cut off, as the faults will have it.</summary>
internal sealed class Network(World world)
{
    private static readonly TimeSpan Local = TimeSpan.FromMicroseconds(20);
    private readonly Randomness _delays = world.Random("network delays");
    private readonly Randomness _faults = world.Random("network faults");
    private readonly HashSet<string> _cutOff = new(StringComparer.Ordinal);

    /// <summary>What goes wrong now.</summary>
    public MessageFaults Faults { get; set; } = MessageFaults.None;

    public void CutOff(Silo silo)
    {
        if (_cutOff.Add(silo.Name))
        {
            world.History.Add(new SiloEvent(silo.Name, SiloChange.CutOff));
        }
    }

    public void Reconnect(Silo silo)
    {
        if (_cutOff.Remove(silo.Name))
        {
            world.History.Add(new SiloEvent(silo.Name, SiloChange.Reconnected));
        }
    }

    /// <summary>Sends a message; null is a client.</summary>
    public void Send(Silo? from, Silo? to, Action deliver)
    {
        if (from == to && to is not null)
        {
            to.After(Local, deliver);
            return;
        }

        if (IsCut(from, to))
        {
            return;
        }

        if (_faults.Chance(Faults.Lost))
        {
            Note(from, to, "lost");
            return;
        }

        Carry(to, deliver, Delay(from, to));
        if (_faults.Chance(Faults.Doubled))
        {
            Note(from, to, "doubled");
            Carry(to, deliver, Delay(from, to));
        }
    }

    private TimeSpan Delay(Silo? from, Silo? to)
    {
        if (_faults.Chance(Faults.Delayed))
        {
            Note(from, to, "delayed");
            return _faults.Between(TimeSpan.Zero, Faults.LongestDelay);
        }

        return _delays.Milliseconds(0.2, 2);
    }

    private void Carry(Silo? to, Action deliver, TimeSpan delay)
    {
        if (to is null)
        {
            world.After(delay, deliver);
        }
        else
        {
            to.After(delay, deliver);
        }
    }

    private bool IsCut(Silo? from, Silo? to) =>
        _cutOff.Count > 0 && ((from is not null && _cutOff.Contains(from.Name)) || (to is not null && _cutOff.Contains(to.Name)));

    private void Note(Silo? from, Silo? to, string what) =>
        world.History.Add(new MessageFault(from?.Name ?? "client", to?.Name ?? "client", what));
}
