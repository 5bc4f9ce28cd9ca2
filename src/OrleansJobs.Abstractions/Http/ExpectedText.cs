namespace OrleansJobs.Http;

/// <summary>What a value of a type looks like, for error messages.</summary>
internal static class ExpectedText
{
    private static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(string)] = StorableText.Expected,
        [typeof(int)] = "a whole number",
        [typeof(long)] = "a whole number",
        [typeof(bool)] = "true or false",
        [typeof(TimeSpan)] = JobDuration.Expected,
        [typeof(DateTimeOffset)] = OffsetTime.Expected,
        [typeof(JobId)] = "a job id (a UUID)",
        [typeof(Rate)] = Rate.Expected
            + ", or an object with permits (a whole number) and, if wanted, period (a duration) and burst (a whole number)",
        [typeof(byte[])] = "base64",
        [typeof(IReadOnlyList<string>)] = "an array of texts",
        [typeof(IReadOnlyDictionary<string, int>)] = "an object of whole numbers",
    };

    public static string For(Type type) => Texts.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type, "another type");
}
