using OrleansJobs.Engine.Silos;

namespace OrleansJobs.Embedded.Silos;

/// <summary>Whether the grid of this process is up; clients ask before anything else.</summary>
internal sealed class GridLife(StoreTenure tenure)
{
    private volatile string? _why = "The grid of this process has not started yet.";

    /// <summary>The grid answers from now on.</summary>
    public void Begin() => _why = null;

    /// <summary>The grid does not answer any more.</summary>
    public void End(string why) => _why = why;

    /// <exception cref="GridUnavailableException">The grid is not up; the text says why.</exception>
    public void Check()
    {
        if (tenure.IsLost)
        {
            throw new GridUnavailableException("This process has lost the job store to another one.");
        }

        if (_why is { } why)
        {
            throw new GridUnavailableException(why);
        }
    }
}
