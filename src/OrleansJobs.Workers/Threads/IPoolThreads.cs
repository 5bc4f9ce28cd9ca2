namespace OrleansJobs.Workers.Threads;

/// <summary>The thread pool of a process.</summary>
internal interface IPoolThreads
{
    /// <summary>Its threads.</summary>
    int Count { get; }

    /// <summary>Calls that wait for one.</summary>
    long Waiting { get; }

    /// <summary>Threads that it makes without hesitation.</summary>
    int Minimum { get; set; }

    /// <summary>Whether a call got a thread within a time; blocks until then.</summary>
    bool Answers(TimeSpan within);
}
