namespace OrleansJobs;

/// <summary>What stands where something was left out.</summary>
public static class Redacted
{
    /// <summary>The text that replaces a value.</summary>
    public const string Text = "[redacted]";
}
