namespace OrleansJobs.Simulation.Engine;

/// <summary>A call as the called one sees it. The first answer that arrives counts; the caller gives up after a time.</summary>
internal sealed class Responder<T> : IPendingCall
{
    private readonly World _world;
    private readonly Silo? _caller;
    private readonly Action<T> _done;
    private readonly Action _failed;
    private Silo? _at;
    private bool _isOver;

    public Responder(World world, Silo? caller, Action<T> done, Action failed)
    {
        (_world, _caller, _done, _failed) = (world, caller, done, failed);
        InTime(Times.CallTimeout, Fail);
    }

    /// <summary>Notes the silo on which the call is served, or will be.</summary>
    public void ServedBy(Silo silo)
    {
        if (!_isOver)
        {
            _at?.Inbound.Remove(this);
            _at = silo;
            silo.Inbound.Add(this);
        }
    }

    public void Reply(Silo from, T value) => _world.Network.Send(from, _caller, () => Finish(() => _done(value)));

    /// <summary>Answers that it went wrong.</summary>
    public void Refuse(Silo from) => _world.Network.Send(from, _caller, Fail);

    public void Fail() => Finish(_failed);

    private void Finish(Action then)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _at?.Inbound.Remove(this);
        if (_caller is null)
        {
            then();
        }
        else
        {
            _caller.Do(then);
        }
    }

    private void InTime(TimeSpan time, Action action)
    {
        if (_caller is null)
        {
            _world.After(time, action);
        }
        else
        {
            _caller.After(time, action);
        }
    }
}
