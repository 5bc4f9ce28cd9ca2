using System.Diagnostics;

namespace OrleansJobs.Diagnostics;

/// <summary>
/// The one place through which the grid calls code that is not its own and that it needs no answer from: log providers, listeners to meters and
/// spans, what applications have disposed of. What that throws ends here. It is counted, and told by the next log line that gets through, so
/// that no slot, lease or job ever waits behind it.
/// </summary>
internal static class ForeignCode
{
    private static readonly Lock Gate = new();
    private static Exception? _last;
    private static int _untold;

    /// <summary>Whether faults have come up that nobody was told of.</summary>
    public static bool HasUntold => Volatile.Read(ref _untold) > 0;

    /// <summary>Calls something.</summary>
    public static void Run<TState>(TState state, Action<TState> call)
    {
        try
        {
            call(state);
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    /// <summary>Asks something.</summary>
    /// <returns>The answer; the default if there is none.</returns>
    public static TAnswer? Ask<TState, TAnswer>(TState state, Func<TState, TAnswer> call)
    {
        try
        {
            return call(state);
        }
        catch (Exception exception)
        {
            Note(exception);
            return default;
        }
    }

    /// <summary>Starts a span; the one before stays current if a listener does not bear it.</summary>
    public static Activity? Begin<TState>(TState state, Func<TState, Activity?> start)
    {
        var before = Activity.Current;
        try
        {
            return start(state);
        }
        catch (Exception exception)
        {
            Activity.Current = before;
            Note(exception);
            return null;
        }
    }

    /// <summary>Ends a span.</summary>
    public static void End(Activity? span)
    {
        try
        {
            span?.Dispose();
        }
        catch (Exception exception)
        {
            Activity.Current = span!.Parent;
            Note(exception);
        }
    }

    /// <summary>Something foreign threw, and that is contained.</summary>
    public static void Note(Exception exception)
    {
        lock (Gate)
        {
            _last = exception;
            _untold++;
        }
    }

    /// <summary>Takes what nobody was told of: how often something threw, and what it was the last time.</summary>
    public static (int Count, Exception? Last) TakeUntold()
    {
        lock (Gate)
        {
            var untold = (_untold, _last);
            (_untold, _last) = (0, null);
            return untold;
        }
    }
}
