namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>Files that are checked in beside the tests, where they are read and written.</summary>
internal static class GoldenFile
{
    /// <summary>The place of a file in the repository: builds of releases do not know the path of their sources.</summary>
    public static string Path(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OrleansJobs.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "tests", "OrleansJobs.Grains.Tests", "Wire", "Golden", name);
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the repository.");
    }
}
