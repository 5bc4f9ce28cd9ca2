namespace OrleansJobs.Workers.Ports;

/// <summary>
/// The clock of waits between the grid's own parts: how long a call may take, the pause before it is repeated, a long poll. It is the
/// application's <see cref="TimeProvider"/>, unless that is a test's clock which may stand still while the parts go on. The jobs' own times
/// (due, backoff, timeout, lease, rate, retention) never go by it.
/// </summary>
/// <param name="Time">The clock.</param>
public sealed record GridPace(TimeProvider Time);
