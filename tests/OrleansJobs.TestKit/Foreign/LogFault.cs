namespace OrleansJobs.TestKit.Foreign;

/// <summary>Where a log provider throws.</summary>
public enum LogFault
{
    None,
    Line,
    Level,
    Scope,
    ScopeEnd,
}
