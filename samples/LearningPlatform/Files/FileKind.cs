namespace LearningPlatform.Files;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A device, pipe or socket: it has no end, or no length, so nothing here reads it.</summary>
    Special,
}
