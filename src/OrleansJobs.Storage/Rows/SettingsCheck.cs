namespace OrleansJobs.Storage.Rows;

/// <summary>Refuses settings that cannot be stored.</summary>
internal static class SettingsCheck
{
    public static void Check(string jobClass, ClassSettingsRow next)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobClass);
        ArgumentNullException.ThrowIfNull(next);
        if (next.Revision < 1)
        {
            throw new InvalidRequestException($"The revision of a class's settings is {next.Revision}; it must be at least 1.");
        }

        if (next.Document.Length > ClassSettingsRow.MaxDocumentLength)
        {
            throw new PayloadTooLargeException("class settings", next.Document.Length, ClassSettingsRow.MaxDocumentLength);
        }

        RecordCheck.CheckText("job class", jobClass);
        RecordCheck.CheckText("class settings", next.Document);
    }
}
