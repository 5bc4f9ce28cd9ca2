namespace OrleansJobs.Storage.Rows;

/// <summary>The bounds of the ids that were made at a time.</summary>
internal static class IdTime
{
    /// <summary>The lowest id of the first millisecond at or after the time.</summary>
    public static JobId Lowest(DateTimeOffset time)
    {
        var millis = time.ToUnixTimeMilliseconds();
        if (DateTimeOffset.FromUnixTimeMilliseconds(millis) < time)
        {
            millis++;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var number = Math.Max(millis, 0);
        for (var i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)number;
            number >>= 8;
        }

        return new JobId(new Guid(bytes, bigEndian: true));
    }
}
