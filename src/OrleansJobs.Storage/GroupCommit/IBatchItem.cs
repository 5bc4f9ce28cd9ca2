namespace OrleansJobs.Storage.GroupCommit;

/// <summary>One caller's part of a batch.</summary>
internal interface IBatchItem
{
    /// <summary>Roughly what the item weighs in a batch, in bytes.</summary>
    int Bytes { get; }

    /// <summary>Answers the caller with an error, unless it has an answer.</summary>
    void Fail(Exception exception);
}
