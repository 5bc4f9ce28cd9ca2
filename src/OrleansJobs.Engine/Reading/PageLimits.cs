namespace OrleansJobs.Engine.Reading;

/// <summary>What a page may ask for.</summary>
internal static class PageLimits
{
    public static void Check(int limit)
    {
        if (limit is < 1 or > JobLimits.MaxPageSize)
        {
            throw new InvalidRequestException($"limit is {limit}; allowed is 1 to {JobLimits.MaxPageSize}.");
        }
    }

    public static void Check(JobFilter filter)
    {
        if (filter.ErrorText is { Length: < JobLimits.MinErrorTextLength or > JobLimits.MaxErrorTextLength } text)
        {
            throw new InvalidRequestException(
                $"The error text has {text.Length} characters; allowed are {JobLimits.MinErrorTextLength} to {JobLimits.MaxErrorTextLength}.");
        }

        if (filter.ErrorText?.Any(char.IsControl) == true)
        {
            throw new InvalidRequestException("The error text has a control character; allowed is a part of one line.");
        }
    }
}
