using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.Rows;

/// <summary>Refuses what no database could give back as it was, before it reaches a group and its neighbours.</summary>
internal static class RecordCheck
{
    public static void CheckNew(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Id.Value == Guid.Empty)
        {
            throw new InvalidRequestException("A job's id must not be the empty UUID.");
        }

        if (record.JobClass.Length == 0)
        {
            throw new InvalidRequestException("A job's class must not be empty.");
        }

        CheckText("job class", record.JobClass);
        CheckText("tenant", record.Tenant);
        CheckText("unique key", record.UniqueKey);
        CheckText("content type", record.ContentType);
        CheckText("trace parent", record.TraceParent);
        foreach (var tag in record.Tags)
        {
            CheckText("tag", tag);
        }

        CheckSize("payload", record.Payload.Length, JobLimits.MaxPayloadBytes);
        CheckChange(record);
    }

    public static void CheckChange(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        CheckText("silo", record.Silo);
        CheckSize("checkpoint", record.Checkpoint?.Length ?? 0, JobLimits.MaxCheckpointBytes);
        CheckSize("result", record.Result?.Length ?? 0, JobLimits.MaxResultBytes);
    }

    private static void CheckSize(string name, int bytes, int max)
    {
        if (bytes > max)
        {
            throw new PayloadTooLargeException(name, bytes, max);
        }
    }

    public static void CheckText(string name, string? text)
    {
        if (text is not null && !StorableText.Is(text))
        {
            throw new InvalidRequestException($"The {name} has a character that is not valid text.");
        }
    }
}
