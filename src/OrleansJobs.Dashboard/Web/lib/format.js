// Numbers, times and sizes as text. Pure: no clock, no page.

const THIN = '\u202f'
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A whole number with thin spaces between thousands. */
export function count(value) {
  if (value == null || Number.isNaN(value)) return '–'
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, THIN)
}

/** A number of some size: three digits that matter, no more. */
export function short(value) {
  if (value == null || !Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100) return count(value)
  if (size === 0) return '0'
  if (size < 0.01) return value < 0 ? '> −0.01' : '< 0.01'
  return String(Number(value.toFixed(size >= 10 ? 1 : 2))).replace('-', '−')
}

/** So many a second; slow ones by the minute, so that they are no row of zeros. */
export function rate(perSecond) {
  if (perSecond == null || !Number.isFinite(perSecond)) return '–'
  if (perSecond !== 0 && Math.abs(perSecond) < 0.1) return `${short(perSecond * MINUTE)}/min`
  return `${short(perSecond)}/s`
}

export function percent(fraction) {
  if (fraction == null || !Number.isFinite(fraction)) return '–'
  const value = fraction * 100
  if (value === 0) return '0 %'
  return value < 0.1 ? '< 0.1 %' : `${Number(value.toFixed(value < 10 ? 1 : 0))} %`
}

export function bytes(value) {
  if (value == null) return '–'
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${Number(value.toFixed(unit === 0 || value >= 100 ? 0 : 1))} ${units[unit]}`
}

/** Seconds of a duration as the API writes it: `[-][d.]hh:mm:ss[.fffffff]`. */
export function seconds(text) {
  if (text == null) return null
  const parts = /^(-)?(?:(\d+)\.)?(\d{2}):(\d{2}):(\d{2})(\.\d+)?$/.exec(text)
  if (!parts) return null
  const [, sign, days, hours, minutes, whole, part] = parts
  const value = Number(days ?? 0) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(whole) + Number(part ?? 0)
  return sign ? -value : value
}

/** A duration as the API reads it. */
export function toSpan(value) {
  const days = Math.floor(value / DAY)
  const two = number => String(Math.floor(number)).padStart(2, '0')
  const rest = value - days * DAY
  const part = Math.round((rest % 1) * 1000)
  const clock = `${two(rest / HOUR)}:${two((rest % HOUR) / MINUTE)}:${two(rest % MINUTE)}`
  return `${days ? `${days}.` : ''}${clock}${part ? `.${String(part).padStart(3, '0')}` : ''}`
}

/** A duration in its two largest units. */
export function duration(value) {
  if (value == null || !Number.isFinite(value)) return '–'
  if (value < 0) return `−${duration(-value)}`
  if (value === 0) return '0 s'
  if (value < 0.001) return '< 1 ms'
  if (value < 0.9995) return `${Number((value * 1000).toPrecision(value < 0.1 ? 2 : 3))} ms`
  if (value < 59.95) return `${Number(value.toPrecision(value < 10 ? 2 : 3))} s`
  const whole = Math.round(value)
  if (whole < HOUR) return pair(whole, MINUTE, 'min', 1, 's')
  return whole < DAY ? pair(whole, HOUR, 'h', MINUTE, 'min') : pair(whole, DAY, 'd', HOUR, 'h')
}

/** How long a time of the API lasted. */
export const span = text => duration(seconds(text))

/** A time as seen from now, both in milliseconds. */
export function ago(then, now) {
  const passed = (now - then) / 1000
  if (Math.abs(passed) < 1.5) return 'just now'
  const size = Math.abs(passed)
  const text = size < MINUTE ? `${Math.round(size)} s`
    : size < HOUR ? `${Math.round(size / MINUTE)} min`
    : size < 2 * DAY ? `${Math.round(size / HOUR)} h`
    : `${Math.round(size / DAY)} d`
  return passed > 0 ? `${text} ago` : `in ${text}`
}

/** A time to the millisecond, where the reader is, with the offset. */
export function exact(milliseconds) {
  const at = new Date(milliseconds)
  const pad = (number, length = 2) => String(number).padStart(length, '0')
  const offset = -at.getTimezoneOffset()
  const zone = offset === 0 ? 'UTC' : `UTC${offset < 0 ? '−' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${clock(milliseconds)}.${pad(at.getMilliseconds(), 3)} ${zone}`
}

/** The time of day. */
export function clock(milliseconds) {
  const at = new Date(milliseconds)
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')
}

/** `1 job`, `2 jobs`. */
export const many = (value, one, several = `${one}s`) => `${count(value)} ${value === 1 ? one : several}`

/** Whether all classes keep up, as a sentence; `behind` of them do not. */
export function keepingUp(classes, behind) {
  if (classes === 1) return `The one class ${behind === 0 ? 'keeps' : 'does not keep'} up`
  return behind === 0 ? `All ${count(classes)} classes keep up` : `${count(behind)} of ${count(classes)} classes ${behind === 1 ? 'does' : 'do'} not keep up`
}

/** A name such as `DeadLettered` in words: `Dead-lettered`. */
export function words(name) {
  return name.replace(/(?!^)([A-Z])/g, (_, letter) => `-${letter.toLowerCase()}`)
}

/** A rate limit of the API in words. */
export function limitRate(rate) {
  if (!rate || rate.permits === 0) return 'no limit'
  const period = seconds(rate.period)
  const per = period === 1 ? 'second' : period === MINUTE ? 'minute' : period === HOUR ? 'hour' : duration(period)
  return `${count(rate.permits)} per ${per}, burst ${count(rate.burst)}`
}

function pair(value, large, largeName, small, smallName) {
  const first = Math.floor(value / large)
  const second = Math.floor((value % large) / small)
  return second ? `${first} ${largeName} ${second} ${smallName}` : `${first} ${largeName}`
}
