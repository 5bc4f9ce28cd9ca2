namespace LearningPlatform.Transcode;

/// <summary>Make renditions of a file.</summary>
/// <param name="Source">Absolute path of the file.</param>
/// <param name="Qualities">Brotli qualities of the renditions, each from 0 to 11; the platform's own if null.</param>
public sealed record TranscodeMedia(string Source, IReadOnlyList<int>? Qualities = null);
