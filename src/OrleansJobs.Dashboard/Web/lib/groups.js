// Jobs that failed alike. Pure.

const LONGEST = 200
const VARIABLE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d+/gi

/** What two messages have in common that differ in numbers and ids only. */
export const shape = message => message.replace(VARIABLE, '#')

/**
 * Jobs by class, type of error and shape of its message, the largest group first. Each has a filter that finds them again: by the longest
 * piece of the message that is the same in all of them, or by the type if that is too short to search for.
 */
export function groupDead(jobs) {
  const groups = new Map()
  for (const job of jobs) {
    const { type, message } = job.lastError ?? { type: 'unknown', message: '' }
    const key = `${job.class}\n${type}\n${shape(message)}`
    if (!groups.has(key)) groups.set(key, { class: job.class, type, message, jobs: [] })
    groups.get(key).jobs.push(job)
  }
  return [...groups.values()]
    .map(group => ({ ...group, filter: { class: group.class, state: 'DeadLettered', error: wordsOf(group) } }))
    .sort((left, right) => right.jobs.length - left.jobs.length)
}

function wordsOf({ type, message }) {
  const piece = shape(message).split(/[#\n\r]/).map(part => part.trim()).sort((left, right) => right.length - left.length)[0] ?? ''
  return (piece.length >= 8 ? piece : type).slice(0, LONGEST)
}
