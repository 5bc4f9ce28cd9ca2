namespace OrleansJobs.GridClient;

/// <summary>Nothing answers at the grid's address.</summary>
internal sealed class UnreachableException(Uri url, string why, Exception? innerException = null)
    : Exception(
        $"Cannot reach the grid at {url.ToString().TrimEnd('/')}: {why.TrimEnd('.')}. Is it up? --url or ORLEANSJOBS_URL say where it is.",
        innerException);
