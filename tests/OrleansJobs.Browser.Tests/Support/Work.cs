namespace OrleansJobs.Browser.Tests.Support;

/// <summary>What a job of the site's classes does.</summary>
/// <param name="Do">How it behaves.</param>
/// <param name="Text">Any text; it comes back in messages, logs and results.</param>
/// <param name="Number">A number that no double holds, to see it come through unchanged.</param>
public sealed record Work(Deed Do = Deed.Succeed, string Text = "", long Number = 0);
