using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OrleansJobs.Dashboard.Pages;

/// <summary>
/// The files of the pages, out of this assembly. They are served below a folder that is named after all that is in them, so that browsers
/// keep them for good, and a module's relative imports lead to files of the same version.
/// </summary>
internal sealed class PageAssets
{
    private const string Root = "Web/";
    private const string ShellName = "index.html";
    private const int VersionLength = 12;

    private readonly Dictionary<string, PageAsset> _files;

    private PageAssets()
    {
        var assembly = typeof(PageAssets).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var contents = names.ToDictionary(name => name[Root.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);
        Shell = Encoding.UTF8.GetString(contents[ShellName]);
        Version = VersionOf(contents);
        _files = contents.Where(file => file.Key != ShellName).ToDictionary(file => file.Key, file => AssetOf(file.Key, file.Value), StringComparer.Ordinal);
    }

    /// <summary>Read once, when the first page is asked for.</summary>
    public static Lazy<PageAssets> All { get; } = new(() => new PageAssets());

    /// <summary>The page around all pages, with places for what differs from host to host.</summary>
    public string Shell { get; }

    /// <summary>Changes with any of the files.</summary>
    public string Version { get; }

    /// <summary>The names of all files but the shell.</summary>
    public IEnumerable<string> Names => _files.Keys;

    public PageAsset? Find(string path) => _files.GetValueOrDefault(path);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string VersionOf(Dictionary<string, byte[]> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in contents.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(SHA256.HashData(bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }

    private static PageAsset AssetOf(string name, byte[] bytes) =>
        new(ContentTypeOf(name), bytes, Zip(bytes), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionLength]}\"");

    private static byte[]? Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return zipped.Length < bytes.Length ? zipped.ToArray() : null;
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
}
