namespace OrleansJobs.Core.Tests.Lifecycle;

internal enum StepKind
{
    Start,
    Complete,
    Fail,
    FailForGood,
    FailLater,
    Snooze,
    Abandon,
    Release,
    Report,
    Expire,
    ExpireToken,
    Cancel,
    RetryNow,
    SendToDeadLetters,
}
