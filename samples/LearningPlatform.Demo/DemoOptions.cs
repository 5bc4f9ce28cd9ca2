namespace LearningPlatform.Demo;

/// <summary>What the demo was asked to do.</summary>
/// <param name="Folder">The folder whose files get their jobs.</param>
/// <param name="Url">Where the grid's HTTP API is.</param>
/// <param name="Data">The platform's data directory as this process sees it; null if it sees it as the silos do.</param>
/// <param name="Plain">Whether progress is told in plain lines.</param>
/// <param name="VerifyBytes">How many bytes of sources the renditions that are decoded again may have in all.</param>
internal sealed record DemoOptions(string Folder, Uri Url, string? Data, bool Plain, long VerifyBytes);
