namespace OrleansJobs.Engine.Reading;

/// <summary>Where a listing goes on: the id of the last job shown.</summary>
internal static class ListCursor
{
    public static JobId? Parse(string? cursor) => cursor switch
    {
        null or "" => null,
        _ when JobId.TryParse(cursor, null, out var id) => id,
        _ => throw new InvalidRequestException($"cursor is '{cursor}'; allowed is what an earlier page gave."),
    };
}
