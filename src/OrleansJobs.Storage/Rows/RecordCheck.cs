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
        if (text is null)
        {
            return;
        }

        // The zero character cannot be stored by PostgreSQL, and half a surrogate pair is not Unicode text.
        if (text.AsSpan().Contains('\0') || HasLoneSurrogate(text))
        {
            throw new InvalidRequestException($"The {name} has a character that is not valid text.");
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
