using System.Buffers;

namespace OrleansJobs.Core.Submission;

/// <summary>What a job class may be called: names appear in addresses, metrics and file names.</summary>
internal static class JobClassName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= JobLimits.MaxJobClassLength }
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(Allowed);

    public static void Check(string? name, FaultList faults)
    {
        if (!IsValid(name))
        {
            faults.Add("JobClass", FaultList.Show(name),
                $"1 to {JobLimits.MaxJobClassLength} letters (a-z, A-Z), digits, '-', '_' or '.', beginning with a letter or a digit");
        }
    }
}
