using System.Runtime.InteropServices;

namespace LearningPlatform.Files;

/// <summary>
/// Tells regular files from pipes and devices, before they are opened: opening a pipe waits for a writer, and no token ends that. The
/// framework's file attributes do not make the difference, so Linux is asked itself.
/// </summary>
public static partial class FileKinds
{
    private const int CurrentDirectory = -100;
    private const uint TypeMask = 1;
    private const int StructBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;

    /// <summary>What the path leads to; links are followed.</summary>
    public static FileKind Of(string path) => OperatingSystem.IsLinux() ? AskLinux(path) : AskFramework(path);

    private static FileKind AskFramework(string path) =>
        Directory.Exists(path) ? FileKind.Directory : File.Exists(path) ? FileKind.Regular : FileKind.Missing;

    private static FileKind AskLinux(string path)
    {
        var answer = new byte[StructBytes];
        if (StatX(CurrentDirectory, path, 0, TypeMask, answer) != 0)
            return FileKind.Missing;

        return (BitConverter.ToUInt16(answer, ModeOffset) & TypeBits) switch
        {
            RegularType => FileKind.Regular,
            DirectoryType => FileKind.Directory,
            _ => FileKind.Special,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, [Out] byte[] answer);
}
