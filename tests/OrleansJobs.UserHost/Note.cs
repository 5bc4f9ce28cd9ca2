namespace OrleansJobs.UserHost;

/// <summary>What the jobs of this application carry.</summary>
internal sealed record Note(string? Text);
