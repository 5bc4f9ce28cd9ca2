namespace OrleansJobs.TestKit.Ports;

/// <summary>How a call to a port goes wrong.</summary>
public enum CallFault
{
    /// <summary>The request is lost: the call has no answer and no effect.</summary>
    BeforeEffect,

    /// <summary>The answer is lost: the call has its effect and no answer.</summary>
    AfterEffect,
}
