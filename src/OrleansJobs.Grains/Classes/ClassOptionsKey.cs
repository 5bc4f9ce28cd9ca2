namespace OrleansJobs.Grains.Classes;

/// <summary>
/// The key of a class's options grain. The AdoNet provider reads a string key that looks like a number or a GUID as one, so that
/// <c>cafe</c> and <c>0cafe</c> would share a row; the prefix keeps every name a string.
/// </summary>
internal static class ClassOptionsKey
{
    private const string Prefix = "class:";

    public static string Of(string jobClass) => Prefix + jobClass;

    public static string ClassOf(string key) => key[Prefix.Length..];
}
