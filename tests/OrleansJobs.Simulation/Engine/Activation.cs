namespace OrleansJobs.Simulation.Engine;

/// <summary>A grain that is active on a silo.</summary>
internal abstract class Activation(Silo silo, GrainKey key)
{
    public Silo Silo { get; } = silo;

    public GrainKey Key { get; } = key;

    public bool IsOver { get; private set; }

    public void End()
    {
        if (!IsOver)
        {
            IsOver = true;
            Ended();
        }
    }

    protected virtual void Ended()
    {
    }
}
