namespace OrleansJobs.Dashboard.Tests.Support;

/// <content>The jobs: how they change, and who waits for that.</content>
internal sealed partial class InMemoryGrid
{
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool Matches(JobSnapshot job, JobFilter filter) =>
        (filter.JobClass is null || job.JobClass == filter.JobClass)
        && (filter.State is null || job.State == filter.State)
        && (filter.Tenant is null || job.Tenant == filter.Tenant)
        && (filter.Tag is null || job.Tags.Contains(filter.Tag))
        && (filter.UniqueKey is null || job.UniqueKey == filter.UniqueKey)
        && (filter.SubmittedFrom is null || job.SubmittedAt >= filter.SubmittedFrom)
        && (filter.SubmittedBefore is null || job.SubmittedAt < filter.SubmittedBefore)
        && (filter.ErrorText is null || job.LastError?.Message.Contains(filter.ErrorText, StringComparison.OrdinalIgnoreCase) == true);

    private SubmitOutcome Submit(JobSubmission submission)
    {
        if (InMemoryRules.Refusal(submission, _classes.Keys) is { } refusal)
        {
            return new SubmitOutcome(submission.Id, SubmitStatus.Refused, refusal);
        }

        if (_jobs.TryGetValue(submission.Id, out var same))
        {
            return same.JobClass == submission.JobClass && same.Payload.Span.SequenceEqual(submission.Payload.Span)
                ? new SubmitOutcome(same.Id, SubmitStatus.AlreadySubmitted)
                : new SubmitOutcome(same.Id, SubmitStatus.Refused, new DuplicateJobException(same.Id));
        }

        if (submission.Options.UniqueKey is { } key
            && _jobs.Values.FirstOrDefault(job => job.JobClass == submission.JobClass && job.UniqueKey == key) is { } holder)
        {
            return new SubmitOutcome(holder.Id, SubmitStatus.UniqueKeyTaken);
        }

        _jobs.Add(submission.Id, InMemoryRules.NewJob(submission, Now));
        return new SubmitOutcome(submission.Id, SubmitStatus.Accepted);
    }

    public JobSnapshot Get(JobId id)
    {
        lock (_lock)
        {
            ThrowIfAway();
            return _jobs.TryGetValue(id, out var job) ? job : throw new JobNotFoundException(id);
        }
    }

    private JobClassStatus Status(string jobClass)
    {
        if (!_classes.TryGetValue(jobClass, out var status))
        {
            throw new UnknownJobClassException(jobClass);
        }

        return status with { Counts = InMemoryRules.Count(_jobs.Values.Where(job => job.JobClass == jobClass)) };
    }

    private JobSnapshot Finish(JobId id, Func<JobSnapshot, JobSnapshot> end)
    {
        lock (_lock)
        {
            var job = Change(id, old => end(old) with { FinishedAt = Now });
            _finished.Add(new FinishedJob(++_lastSequence, job));
            Signal();
            return job;
        }
    }

    private JobSnapshot Change(JobId id, Func<JobSnapshot, JobSnapshot> change)
    {
        lock (_lock)
        {
            var old = Get(id);
            var job = change(old) with { Version = old.Version + 1 };
            _jobs[id] = job;
            Signal();
            return job;
        }
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private void ThrowIfAway()
    {
        if (_failure is not null)
        {
            Refused.Release();
            throw _failure;
        }
    }

    private async Task WaitUntilAsync(Func<bool> condition, TimeSpan waitUpTo, CancellationToken cancellationToken)
    {
        using var timeUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeUp.CancelAfter(waitUpTo);
        var waits = false;
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition() || waitUpTo == TimeSpan.Zero)
            {
                return;
            }

            if (!waits)
            {
                waits = true;
                Waiting.Release();
            }

            await changed.WaitAsync(timeUp.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            if (timeUp.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
