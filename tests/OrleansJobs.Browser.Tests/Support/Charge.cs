namespace OrleansJobs.Browser.Tests.Support;

/// <summary>A payload with a secret.</summary>
public sealed record Charge(string Order, [property: Sensitive] string CardNumber);
