namespace OrleansJobs.Hosting;

/// <summary>Says in a sentence what stopped a start.</summary>
internal static class FaultText
{
    public static string Of(Exception fault)
    {
        if (Find<JobsException>(fault) is { } known)
        {
            return known.Message;
        }

        var outer = fault is AggregateException { InnerException: { } first } ? first : fault;
        var cause = outer.GetBaseException();
        return OneLine(outer.Message.Contains(cause.Message, StringComparison.OrdinalIgnoreCase) ? outer.Message : $"{outer.Message} Cause: {cause.Message}");
    }

    /// <summary>The grid's own errors are written for whoever starts a host; engines wrap them.</summary>
    private static T? Find<T>(Exception? fault) where T : Exception => fault is null or T ? (T?)fault : Find<T>(fault.InnerException);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
