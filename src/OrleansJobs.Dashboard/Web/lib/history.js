// The last 15 minutes of a class: merging what comes live into what is there, and reading it. Pure.
import { seconds } from './format.js'

const WINDOW = 15 * 60
const RECENT_POINTS = 6

/**
 * Puts the newest points into those that are there: a known period is replaced, a new one is appended, the oldest leave.
 * Null when periods in between are missing, or the class began anew on another silo: then the whole has to be read again.
 */
export function mergePoints(points, newest, period) {
  if (newest.length === 0) return points
  if (points.length === 0) return null
  const time = point => Date.parse(point.at)
  const first = time(newest[0])
  const kept = points.filter(point => time(point) < first)
  const before = kept.at(-1)
  const joins = before ? Math.abs(first - time(before) - period * 1000) < period * 500 : time(points[0]) === first
  if (!joins) return null
  return [...kept, ...newest].slice(-Math.ceil(WINDOW / period))
}

/** The overview with an event of it merged in; null when it has to be read again. */
export function mergeOverview(overview, event) {
  const known = new Map(overview.classes.map(one => [one.status.class, one]))
  const classes = []
  for (const next of event.classes) {
    const before = known.get(next.status.class)
    const points = before && mergePoints(before.history.points, next.history.points, seconds(next.history.period))
    if (!points) return null
    classes.push({ ...next, history: { ...next.history, points } })
  }
  return { ...event, classes }
}

/** What a class does now: means over the last half minute of whole periods. */
export function present(history) {
  const period = seconds(history.period)
  const whole = history.points.length > 1 ? history.points.slice(0, -1) : history.points
  const recent = whole.slice(-RECENT_POINTS)
  const time = Math.max(1, recent.length) * period
  const sum = name => recent.reduce((total, point) => total + point[name], 0)
  const ended = sum('ended')
  return {
    arrivals: sum('arrived') / time,
    finishes: sum('finished') / time,
    failures: ended === 0 ? null : sum('failed') / ended,
  }
}

/** The part of attempts that failed over the whole history; null if none ended. */
export function failureRate(points) {
  const ended = points.reduce((total, point) => total + point.ended, 0)
  return ended === 0 ? null : points.reduce((total, point) => total + point.failed, 0) / ended
}

/** Seconds since the epoch, and one list for each series: what the charts are drawn from. The running period is left out: it is not whole. */
export function series(history, ...reads) {
  const points = history.points.slice(0, -1)
  return [points.map(point => Date.parse(point.at) / 1000), ...reads.map(read => points.map(read))]
}

/** Counts of the points by the second. */
export const perSecond = (history, name) => {
  const period = seconds(history.period)
  return point => point[name] / period
}

/** Permits and running jobs over all pools that take jobs. */
export function slots(status) {
  const pools = status.pools.filter(pool => !pool.draining)
  return {
    permits: pools.reduce((total, pool) => total + pool.permits, 0),
    running: status.pools.reduce((total, pool) => total + pool.running, 0),
    silos: status.pools.length,
    overstaying: status.pools.reduce((total, pool) => total + (pool.overstaying ?? 0), 0),
  }
}

/** Due jobs that wait. */
export const backlog = status => status.counts.queued
