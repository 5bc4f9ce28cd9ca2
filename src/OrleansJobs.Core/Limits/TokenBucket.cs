namespace OrleansJobs.Core.Limits;

/// <summary>
/// A token bucket in whole numbers: every tick earns <see cref="Rate.Permits"/> units and a token costs as many units as its period has
/// ticks, so nothing is rounded and nothing drifts. In any window at most <c>Burst + Permits × window / Period</c> tokens are taken.
/// </summary>
public sealed class TokenBucket
{
    private readonly RecentTakes _takes = new();
    private Rate _rate;
    private Int128 _units;
    private long _ticks;

    /// <summary>Makes a bucket.</summary>
    /// <param name="rate">What it lets through.</param>
    /// <param name="now">The time it starts to earn.</param>
    /// <param name="full">Whether it starts with its whole burst; otherwise it starts empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate's permits are negative, or a limited rate has no positive period.</exception>
    public TokenBucket(Rate rate, DateTimeOffset now, bool full)
    {
        _rate = Checked(rate);
        _ticks = now.UtcTicks;
        _units = full ? Capacity : 0;
    }

    /// <summary>What it lets through.</summary>
    public Rate Rate => _rate;

    private long UnitsPerToken => _rate.Period.Ticks;

    private Int128 Capacity => (Int128)Math.Max(1, _rate.Burst) * UnitsPerToken;

    /// <summary>Takes a token, if there is one.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (_rate.IsUnlimited)
        {
            return true;
        }

        Earn(now);
        if (_units < UnitsPerToken)
        {
            return false;
        }

        _takes.Note(_ticks, _units, full: Capacity - UnitsPerToken);
        _units -= UnitsPerToken;
        return true;
    }

    /// <summary>
    /// Gives a token back that was taken then and did not serve: the bucket has then what it would have if it had never been taken. Nothing comes
    /// back of a token that would have been lost to the burst's bound meanwhile, of another rate, or taken before the last <see cref="RecentTakes.Max"/>
    /// moments at which tokens were taken.
    /// </summary>
    public void GiveBack(DateTimeOffset takenAt, DateTimeOffset now)
    {
        if (!_rate.IsUnlimited && _takes.TryUndo(takenAt.UtcTicks, UnitsPerToken, Capacity))
        {
            Earn(now);
            _units = Int128.Min(_units + UnitsPerToken, Capacity);
        }
    }

    /// <summary>When the next token can be taken: now or later.</summary>
    public DateTimeOffset AvailableAt(DateTimeOffset now)
    {
        if (_rate.IsUnlimited)
        {
            return now;
        }

        Earn(now);
        var missing = UnitsPerToken - _units;
        if (missing <= 0)
        {
            return now;
        }

        var wait = (missing + _rate.Permits - 1) / _rate.Permits;
        return new DateTimeOffset(_ticks + (long)wait, TimeSpan.Zero);
    }

    /// <summary>
    /// Changes the rate. What has been saved up stays, up to the new burst; a bucket that had no limit starts empty.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate's permits are negative, or a limited rate has no positive period.</exception>
    public void Change(Rate rate, DateTimeOffset now)
    {
        Checked(rate);
        _takes.Forget();
        if (_rate.IsUnlimited || rate.IsUnlimited)
        {
            _units = 0;
            _ticks = Math.Max(_ticks, now.UtcTicks);
            _rate = rate;
            return;
        }

        Earn(now);
        _units = _units * rate.Period.Ticks / UnitsPerToken;
        _rate = rate;
        _units = Int128.Min(_units, Capacity);
    }

    /// <summary>When it was empty, or would have been, to have now what it has; rounded against it.</summary>
    internal DateTimeOffset EmptyAt(DateTimeOffset now)
    {
        if (_rate.IsUnlimited)
        {
            return now;
        }

        Earn(now);
        return new DateTimeOffset(_ticks - (long)(_units / _rate.Permits), TimeSpan.Zero);
    }

    private void Earn(DateTimeOffset now)
    {
        var elapsed = now.UtcTicks - _ticks;
        if (elapsed > 0)
        {
            _units = Int128.Min(_units + ((Int128)elapsed * _rate.Permits), Capacity);
            _ticks = now.UtcTicks;
        }
    }

    private static Rate Checked(Rate rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate.Permits, nameof(rate));
        if (!rate.IsUnlimited)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rate.Period, TimeSpan.Zero, nameof(rate));
        }

        return rate;
    }
}
