using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Ports;

/// <summary>The way from a silo's agent to the dispatchers.</summary>
public interface IDispatcherPort
{
    /// <summary>
    /// Reports and asks for leases in one call. With <paramref name="wait"/> the answer comes when there are leases or cancellations, when
    /// a later exchange of the same silo replaces this one, or after <see cref="LongPoll"/>; without, at once.
    /// </summary>
    /// <exception cref="GridUnavailableException">No answer; whether the request arrived is not known. Safe to repeat.</exception>
    Task<ExchangeReply> ExchangeAsync(string jobClass, ExchangeRequest request, bool wait);

    /// <summary>The longest that an exchange waits.</summary>
    static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);
}
