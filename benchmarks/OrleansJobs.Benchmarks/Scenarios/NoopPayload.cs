namespace OrleansJobs.Benchmarks.Scenarios;

internal sealed record NoopPayload(string Text)
{
    /// <summary>64 bytes, as JSON.</summary>
    public static NoopPayload Standard { get; } = new(new string('x', 64 - "{\"text\":\"\"}".Length));
}
