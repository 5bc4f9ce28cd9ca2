namespace OrleansJobs.Simulation.Engine;

/// <summary>Calls of grains: finds the activation, carries the question there and the answer back.</summary>
internal sealed class GrainCalls(World world)
{
    private const int MaxHops = 4;
    private static readonly TimeSpan NoSiloPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls a grain.</summary>
    /// <param name="from">The caller; null for a client, who goes through any silo.</param>
    /// <param name="key">The grain.</param>
    /// <param name="ask">What to ask it.</param>
    /// <param name="done">Hears the answer.</param>
    /// <param name="failed">Hears that there is none; the call may have taken effect.</param>
    public void Call<TGrain, T>(Silo? from, GrainKey key, Action<TGrain, Responder<T>> ask, Action<T> done, Action failed)
        where TGrain : Activation
    {
        if ((from ?? world.Cluster.Gateway()) is not { } near)
        {
            world.After(NoSiloPause, failed);
            return;
        }

        Route(from, near, key, ask, new Responder<T>(world, from, done, failed), 0);
    }

    private void Route<TGrain, T>(
        Silo? sender, Silo near, GrainKey key, Action<TGrain, Responder<T>> ask, Responder<T> responder, int hops)
        where TGrain : Activation
    {
        if (hops == MaxHops || world.Directory.Find(near, key) is not TGrain target)
        {
            responder.Refuse(near);
            return;
        }

        responder.ServedBy(target.Silo);
        world.Network.Send(sender, target.Silo, () =>
        {
            if (target.IsOver)
            {
                Route(target.Silo, target.Silo, key, ask, responder, hops + 1);
            }
            else
            {
                ask(target, responder);
            }
        });
    }
}
