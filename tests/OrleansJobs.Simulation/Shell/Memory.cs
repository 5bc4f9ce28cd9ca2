using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Keeps the peaks of what a dispatcher has in memory, from the outside.</summary>
internal sealed class Memory
{
    private int _due;
    private int _notDue;
    private int _reading;
    private int _pages;
    private int _pageSize;
    private int _grants;
    private int _looks;

    public void PageBegins(int limit)
    {
        _pages = Math.Max(_pages, ++_reading);
        _pageSize = Math.Max(_pageSize, limit);
    }

    public void PageEnds() => _reading--;

    public void Grants(int count) => _grants = Math.Max(_grants, count);

    /// <summary>Looks at the dispatcher when it holds more than ever, and now and then for how it is divided.</summary>
    public void Look(Dispatcher core)
    {
        if (core.WaitingInMemory > _due + _notDue || ++_looks % 16 == 0)
        {
            var status = core.GetStatus();
            _due = Math.Max(_due, status.Waiting);
            _notDue = Math.Max(_notDue, status.NotDue);
        }
    }

    public void Tell(World world, string actor, string jobClass)
    {
        world.History.Add(new MemoryPeak(actor, jobClass, _due, _notDue, _pages, _pageSize, _grants));
        (_due, _notDue, _pages, _pageSize, _grants) = (0, 0, _reading, 0, 0);
    }
}
