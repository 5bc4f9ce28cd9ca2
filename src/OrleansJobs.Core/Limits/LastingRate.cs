namespace OrleansJobs.Core.Limits;

/// <summary>
/// The tokens of a class's rate over the lives of its dispatcher. A token of a slow rate is used only once the store has it as used, so that the
/// next life knows what is left: none is used twice, and hardly any lost. A quick rate is not worth that: each life begins without tokens,
/// because the one before may have spent them, and soon has the next.
/// </summary>
internal sealed class LastingRate
{
    private readonly TimeSpan _longestLoss;
    private readonly TokenBucket _bucket;
    private RateMark? _stored;
    private RateMark? _underWay;
    private bool _isWanted;

    /// <param name="rate">What it lets through.</param>
    /// <param name="mark">What an earlier life has left, if it is known.</param>
    /// <param name="longestLoss">The time between two tokens up to which a rate is quick.</param>
    /// <param name="now">The time.</param>
    public LastingRate(Rate rate, RateMark? mark, TimeSpan longestLoss, DateTimeOffset now)
    {
        _longestLoss = longestLoss;

        // A mark of a time far to come is one from before the clock was set back.
        _stored = IsSlow(rate) && mark?.Rate == rate && mark.EmptyAt <= now + longestLoss ? mark : null;
        _bucket = new TokenBucket(rate, _stored?.EmptyAt ?? now, full: false);
    }

    /// <summary>A token that is stored as used may be used this much later: meanwhile an idle bucket stays full, and the store says less than that.</summary>
    private TimeSpan Slack => _longestLoss / 2;

    /// <summary>Takes a token, if there is one that may be used. One that the store has to know of first is there once it does.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (!IsSlow(_bucket.Rate))
        {
            return _bucket.TryTake(now);
        }

        if (_bucket.AvailableAt(now) > now)
        {
            return false;
        }

        _isWanted = !IsStored(now);
        return !_isWanted && _bucket.TryTake(now);
    }

    /// <summary>Gives a token back that was taken then and did not serve, by the rules of <see cref="TokenBucket.GiveBack"/>.</summary>
    public void GiveBack(DateTimeOffset takenAt, DateTimeOffset now) => _bucket.GiveBack(takenAt, now);

    /// <summary>When the next token can be taken: now or later; null if the store has to answer first.</summary>
    public DateTimeOffset? AvailableAt(DateTimeOffset now) =>
        _bucket.AvailableAt(now) is var at && at <= now && (_isWanted || _underWay is not null) ? null : at;

    /// <summary>Changes the rate, by the rules of <see cref="TokenBucket.Change"/>.</summary>
    public void Change(Rate rate, DateTimeOffset now) => _bucket.Change(rate, now);

    /// <summary>What is to be stored now, if anything is; <see cref="EndStore"/> has to follow.</summary>
    public RateMark? BeginStore(DateTimeOffset now)
    {
        if (_underWay is not null || !IsSlow(_bucket.Rate) || (!_isWanted && _stored?.Rate == _bucket.Rate))
        {
            return null;
        }

        var emptyAt = _isWanted ? _bucket.EmptyAt(now) + OfToken(_bucket.Rate) + Slack : _bucket.EmptyAt(now);
        _isWanted = false;
        return _underWay = new RateMark(_bucket.Rate, emptyAt);
    }

    /// <summary>The store has answered, or has not; then it is asked again.</summary>
    public void EndStore(bool isStored)
    {
        _stored = isStored ? _underWay : null;
        _underWay = null;
    }

    /// <summary>Whether the store says that as much is used as will be with one token more.</summary>
    private bool IsStored(DateTimeOffset now) =>
        _stored is { } mark && mark.Rate == _bucket.Rate && mark.EmptyAt >= _bucket.EmptyAt(now) + OfToken(_bucket.Rate);

    private bool IsSlow(Rate rate) => !rate.IsUnlimited && OfToken(rate) > _longestLoss;

    private static TimeSpan OfToken(Rate rate) => TimeSpan.FromTicks((rate.Period.Ticks + rate.Permits - 1) / rate.Permits);
}
