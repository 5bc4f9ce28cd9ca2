namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Time comes from a <c>TimeProvider</c> or as an argument, so that tests can make it pass.</summary>
internal static class ClockRule
{
    public static IEnumerable<string> Violations(SourceFile file) =>
        MemberUse.Of(file, "DateTime", "UtcNow", "Now", "Today")
            .Concat(MemberUse.Of(file, "DateTimeOffset", "UtcNow", "Now"))
            .Concat(MemberUse.Of(file, "Stopwatch", "StartNew", "GetTimestamp", "GetElapsedTime"))
            .Concat(MemberUse.Of(file, "Environment", "TickCount", "TickCount64"))
            .Concat(MemberUse.Of(file, "Thread", "Sleep"))
            .Concat(MemberUse.Of(file, "Guid", "CreateVersion7").Where(access => MemberUse.Arguments(access) is { Count: 0 }))
            .Select(access => file.At(access, $"asks {access} for the time"));
}
