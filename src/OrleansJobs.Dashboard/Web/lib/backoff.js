// How long to wait before asking again. Pure but for the jitter, which is handed in.

const FIRST = 1000
const LONGEST = 30_000

/** Milliseconds before the next try, after so many failures in a row (from 1): doubled each time, spread by a quarter. */
export function backoff(failures, random = Math.random()) {
  const delay = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10))
  return Math.round(delay * (0.75 + random / 2))
}
