namespace OrleansJobs.Storage.Rows;

/// <summary>Refuses documents that cannot be stored: settings, audit entries.</summary>
internal static class DocumentCheck
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

    public static void CheckAudit(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Length > AuditRow.MaxDocumentLength)
        {
            throw new PayloadTooLargeException("audit entry", document.Length, AuditRow.MaxDocumentLength);
        }

        RecordCheck.CheckText("audit entry", document);
    }
}
