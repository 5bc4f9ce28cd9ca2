namespace OrleansJobs;

/// <summary>What became of a submit.</summary>
public enum SubmitStatus
{
    /// <summary>The job is new and durable.</summary>
    Accepted,

    /// <summary>The same job had been submitted before; it was not changed.</summary>
    AlreadySubmitted,

    /// <summary>Another job of the class has the unique key; the answer carries that job's id.</summary>
    UniqueKeyTaken,

    /// <summary>
    /// The job was refused; the answer carries the error. Nothing was stored, unless the error is a
    /// <see cref="GridUnavailableException"/>: then that is not known, and submitting the job again under its id settles it.
    /// </summary>
    Refused,
}
