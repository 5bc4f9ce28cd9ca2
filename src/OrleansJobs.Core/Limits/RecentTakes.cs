namespace OrleansJobs.Core.Limits;

/// <summary>The moments at which tokens were taken from a bucket lately, each with what was in it before.</summary>
internal sealed class RecentTakes
{
    /// <summary>Moments that are remembered.</summary>
    public const int Max = 128;

    private readonly List<(long Ticks, Int128 Before)> _moments = [];

    /// <summary>A token is taken.</summary>
    /// <param name="ticks">When.</param>
    /// <param name="before">What is in the bucket before.</param>
    /// <param name="full">Above this, a token more would not have had room: no earlier one can come back.</param>
    public void Note(long ticks, Int128 before, Int128 full)
    {
        if (_moments.Count > 0 && _moments[^1].Ticks == ticks)
        {
            return;
        }

        if (before > full)
        {
            _moments.Clear();
        }
        else if (_moments.Count == Max)
        {
            _moments.RemoveRange(0, Max / 2);
        }

        _moments.Add((ticks, before));
    }

    /// <summary>Takes a token of that moment as not taken: later moments then had one more.</summary>
    /// <returns>False if one of them would have had more than the bucket holds, or if the moment is not remembered.</returns>
    public bool TryUndo(long ticks, Int128 token, Int128 capacity)
    {
        var moment = _moments.FindLastIndex(taken => taken.Ticks == ticks);
        if (moment < 0 || _moments.FindIndex(moment + 1, later => later.Before + token > capacity) >= 0)
        {
            return false;
        }

        for (var later = moment + 1; later < _moments.Count; later++)
        {
            _moments[later] = (_moments[later].Ticks, _moments[later].Before + token);
        }

        return true;
    }

    public void Forget() => _moments.Clear();
}
