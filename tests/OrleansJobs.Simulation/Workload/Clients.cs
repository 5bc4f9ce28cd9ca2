using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Workload;

/// <summary>Those who use the grid: they submit, repeat what has no answer, cancel, retry, give up, delete, and change limits.</summary>
internal sealed class Clients
{
    /// <summary>A few jobs are due so late that they still wait at the end of a run.</summary>
    public static readonly TimeSpan FarAhead = TimeSpan.FromDays(1);

    /// <summary>
    /// What is submitted again after a delete is a new job under the same id, whose tokens begin anew. No history tells two such lives apart, so
    /// users delete only jobs of which no submit can be on its way any more: all are answered since so long, and no silo was frozen with one.
    /// </summary>
    private static readonly TimeSpan DeletedAfter = TimeSpan.FromSeconds(12);

    private readonly World _world;
    private readonly Randomness _jobs;
    private readonly Randomness _deletes;
    private readonly Dictionary<JobId, (int Open, DateTimeOffset At)> _answered = [];
    private readonly Randomness _commands;
    private readonly List<JobSubmission> _submitted = [];
    private bool _isOver;

    public Clients(World world)
    {
        _world = world;
        _jobs = world.Random("jobs");
        _commands = world.Random("commands");
        _deletes = world.Random("deletes");
    }

    /// <summary>Submits and changes that have no answer yet.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Jobs that were submitted, answered or not.</summary>
    public int Submitted => _submitted.Count;

    public void Begin()
    {
        foreach (var plan in _world.Scenario.Classes)
        {
            var window = plan.IsLoadedWhilePaused ? TimeSpan.FromMilliseconds(500) : _world.Scenario.Length * 0.8;
            for (var number = 0; number < plan.Jobs; number++)
            {
                var at = _jobs.Between(TimeSpan.Zero, window);
                var submission = Make(plan, at);
                var isDirect = _jobs.Chance(0.3);
                var isRepeated = _jobs.Chance(0.05);
                _world.After(at, () => Submit(submission, isDirect, isRepeated));
            }

            if (plan.IsLoadedWhilePaused)
            {
                Change(plan, new JobClassChange { Paused = true });
                _world.After(TimeSpan.FromSeconds(3), () => Change(plan, new JobClassChange { Paused = false }));
            }
        }

        if (_world.Scenario.CommandPeriod is { } period)
        {
            NextCommand(period);
            NextDelete(period);
        }
    }

    /// <summary>Stops giving commands, and sets the registered limits again.</summary>
    public void End()
    {
        _isOver = true;
        foreach (var plan in _world.Scenario.Classes)
        {
            var settings = plan.Settings;
            Change(plan, new JobClassChange
            {
                MaxLocalWorkers = settings.MaxLocalWorkers,
                MaxConcurrentJobs = settings.MaxConcurrentJobs,
                MaxConcurrentJobsPerTenant = settings.MaxConcurrentJobsPerTenant,
                Rate = settings.Rate,
                Paused = false,
            });
        }
    }

    private JobSubmission Make(ClassPlan plan, TimeSpan at)
    {
        var delay = _jobs.Chance(0.15) ? _jobs.Milliseconds(100, 12_000) : _jobs.Chance(0.02) ? FarAhead : (TimeSpan?)null;
        var id = NewId(World.Beginning + at);
        return new JobSubmission
        {
            Id = id,
            JobClass = plan.Name,
            Payload = "{}"u8.ToArray(),
            TraceParent = null,
            Options = new SubmitOptions
            {
                Tenant = _jobs.Pick(plan.Tenants),
                Priority = plan.IsLoadedWhilePaused || _jobs.Chance(0.6) ? JobLimits.DefaultPriority : _jobs.Between(JobLimits.MinPriority, JobLimits.MaxPriority),
                Cost = _jobs.Between(1, plan.MaxCost),
                Delay = plan.IsLoadedWhilePaused ? null : delay,
                UniqueKey = _jobs.Chance(0.08) ? $"key{_jobs.Between(1, 6)}" : null,
                MaxAttempts = AttemptsOf(id, _jobs.Chance(0.1) ? _jobs.Between(1, 3) : null),
            },
        };
    }

    /// <summary>Among jobs that end silos, attempts must not run out before the culprit is found.</summary>
    private int? AttemptsOf(JobId id, int? drawn) =>
        _world.Scenario.Killers == 0 ? drawn : _world.Scenario.IsKiller(id) ? Quarantine.MaxAttempts : Quarantine.MaxAttemptsBeside;

    private JobId NewId(DateTimeOffset at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        Span<byte> rest = stackalloc byte[8];
        BitConverter.TryWriteBytes(rest, _jobs.Next());
        rest[0] = (byte)(0x80 | (rest[0] & 0x3F));
        return new JobId(new Guid(
            (int)(milliseconds >> 16), (short)milliseconds, (short)(0x7000 | _jobs.Between(0, 0xFFF)),
            rest[0], rest[1], rest[2], rest[3], rest[4], rest[5], rest[6], rest[7]));
    }

    private void Submit(JobSubmission submission, bool isDirect, bool isRepeated)
    {
        _submitted.Add(submission);
        Expect(submission.Id, 1);
        Try(submission, isDirect, () => Expect(submission.Id, -1));
        if (isRepeated)
        {
            Expect(submission.Id, 1);
            _world.After(_commands.Milliseconds(0, 5_000), () => Try(submission, !isDirect, () => Expect(submission.Id, -1)));
        }
    }

    /// <summary>Counts the submits of a job that have no answer yet.</summary>
    private void Expect(JobId job, int more)
    {
        Outstanding += more;
        _answered[job] = (_answered.GetValueOrDefault(job).Open + more, _world.Now);
    }

    /// <summary>Submits, again and again, until there is an answer.</summary>
    private void Try(JobSubmission submission, bool isDirect, Action done)
    {
        if (isDirect)
        {
            SubmitDirectly(submission, Answered, Again);
        }
        else
        {
            _world.Grains.Call<JobActivation, SubmitReply>(
                null, GrainKey.Of(submission.Id), (job, responder) => job.Submit(submission, responder), Answered, Again);
        }

        void Answered(SubmitReply reply)
        {
            _world.History.Add(new SubmitAnswered(submission.Id, reply.Job, submission.JobClass, reply.Status));
            done();
        }

        void Again() => _world.After(_commands.Milliseconds(200, 1_500), () => Try(submission, isDirect, done));
    }

    /// <summary>As one of a batch: a silo inserts the job without activating its grain.</summary>
    private void SubmitDirectly(JobSubmission submission, Action<SubmitReply> done, Action failed)
    {
        if (_world.Cluster.Gateway() is not { } silo)
        {
            failed();
            return;
        }

        var responder = new Responder<SubmitReply>(_world, null, done, failed);
        responder.ServedBy(silo);
        _world.Network.Send(null, silo, () => new SubmitDesk(silo, null).Submit(
            submission, reply => responder.Reply(silo, reply), () => responder.Refuse(silo)));
    }

    private void NextCommand(TimeSpan period) => _world.After(period * (-Math.Log(1 - _commands.Unit())), () =>
    {
        if (_isOver)
        {
            return;
        }

        if (_world.Scenario.ChangesLimits && _commands.Chance(0.25))
        {
            var plan = _commands.Pick(_world.Scenario.Classes);
            Change(plan, AnyChange(plan));
        }
        else if (_submitted.Count > 0)
        {
            Command(_commands.Pick(_submitted), AnyCommand());
        }

        NextCommand(period);
    });

    private void NextDelete(TimeSpan period) => _world.After(period * (-Math.Log(1 - _deletes.Unit())), () =>
    {
        if (_isOver)
        {
            return;
        }

        if (_submitted.Count > 0 && _deletes.Pick(_submitted) is var picked && MayBeDeleted(picked.Id))
        {
            Command(picked, new Delete());
        }

        NextDelete(period);
    });

    /// <summary>Jobs that end silos are left out, because Quarantine counts the crashes of each as if no further user asked anything of it.</summary>
    private bool MayBeDeleted(JobId job) => !_world.Scenario.IsKiller(job) &&
        _answered[job] is { Open: 0, At: var at } && at < _world.Now - DeletedAfter && _world.Cluster.AwakeSince < _world.Now - DeletedAfter;

    private JobClassChange AnyChange(ClassPlan plan) => _commands.Between(0, 5) switch
    {
        0 => new JobClassChange { MaxLocalWorkers = _commands.Between(0, 6) },
        1 => new JobClassChange { MaxConcurrentJobs = _commands.Between(0, 6) },
        2 => new JobClassChange { MaxConcurrentJobsPerTenant = _commands.Between(0, 3) },
        3 => new JobClassChange { Rate = Rate.Per(TimeSpan.FromSeconds(1), _commands.Between(2, 30), _commands.Between(1, 5)) },
        4 => new JobClassChange
        {
            TenantWeights = new Dictionary<string, int>(StringComparer.Ordinal) { [_commands.Pick(plan.Tenants)] = _commands.Between(1, 5) },
        },
        _ => new JobClassChange { Paused = _commands.Chance(0.4) },
    };

    private JobCommand AnyCommand() => _commands.Between(0, 4) switch
    {
        0 or 1 => new Cancel("not wanted"),
        2 or 3 => new RetryNow(),
        _ => new SendToDeadLetters("given up"),
    };

    private void Command(JobSubmission submission, JobCommand command) =>
        _world.Grains.Call<JobActivation, CommandReply>(
            null,
            GrainKey.Of(submission.Id),
            (job, responder) => job.Command(command, responder),
            reply =>
            {
                if (reply is { Accepted: true, Job: { } job })
                {
                    _world.History.Add(new CommandAnswered(
                        "client", job.Id, job.JobClass, command.GetType().Name, null, job.Version, job.State));
                }
            },
            () => { });

    private void Change(ClassPlan plan, JobClassChange change)
    {
        Outstanding++;
        _world.Settings.Change(plan, change, () => Outstanding--);
    }
}
