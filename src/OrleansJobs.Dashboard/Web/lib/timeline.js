// A job's life as a row of waits and runs. Pure.

const time = text => (text == null ? null : Date.parse(text))

/**
 * `[{ kind: 'wait'|'run', from, to, … }]`, oldest first, times in milliseconds; `to` is null for what still goes on. A wait that is over
 * has its `reason`: `NotDue` until the attempt was due, then what held it back for the longest part, `None` if that is not known.
 * A job that has lost its oldest attempts begins with the first that is known.
 */
export function steps(job) {
  const attempts = job.attempts ?? []
  const all = []
  let ready = time(job.submittedAt)
  for (const attempt of attempts) {
    const [from, to] = [time(attempt.startedAt), time(attempt.endedAt)]
    all.push(...waits(ready, from, attempt))
    all.push({ kind: 'run', from, to, number: attempt.number, silo: attempt.silo, outcome: attempt.outcome, error: attempt.error })
    ready = to
  }
  if (job.state === 'Running') {
    const from = time(job.startedAt)
    all.push(...waits(ready, from, job))
    all.push({ kind: 'run', from, to: null, number: job.attempt, silo: job.silo, outcome: 'Running' })
  } else if (!isTerminal(job.state)) {
    all.push({ kind: 'wait', from: ready, to: null })
  } else if (time(job.finishedAt) - ready > 0) {
    all.push({ kind: 'wait', from: ready, to: time(job.finishedAt), reason: 'None' })
  }
  return all
}

/** The time before a start, as one wait or two. */
function waits(ready, start, { dueAt, waitedFor }) {
  const due = Math.min(Math.max(time(dueAt) ?? ready, ready), start)
  return [{ kind: 'wait', from: ready, to: due, reason: 'NotDue' }, { kind: 'wait', from: due, to: start, reason: waitedFor ?? 'None' }]
    .filter(wait => wait.to > wait.from)
}

export const isTerminal = state => state === 'Succeeded' || state === 'DeadLettered' || state === 'Cancelled'

/** Whether attempts have been forgotten: a job remembers its last 20. */
export const hasForgotten = job => (job.attempts ?? []).length > 0 && job.attempts[0].number > 1

/** Sums of waiting and running, in seconds. */
export function totals(all, now) {
  const sum = kind => all.filter(step => step.kind === kind).reduce((total, step) => total + ((step.to ?? now) - step.from) / 1000, 0)
  return { waited: sum('wait'), ran: sum('run') }
}
