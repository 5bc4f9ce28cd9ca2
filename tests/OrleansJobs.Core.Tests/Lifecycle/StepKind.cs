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
    StartAmongSuspects,
    StartAlone,
    PutOff,
    EndIsolation,
    ExpireDead,
    Expire,
    ExpireToken,
    Cancel,
    RetryNow,
    SendToDeadLetters,
}
