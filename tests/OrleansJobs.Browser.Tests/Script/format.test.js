import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago, bytes, count, duration, keepingUp, limitRate, many, percent, rate, seconds, short, toSpan, words } from './lib/format.js'

const THIN = '\u202f'

test('counts have thin spaces between thousands', () => {
  assert.deepEqual([0, 999, 1000, 1234567, null].map(count), ['0', '999', `1${THIN}000`, `1${THIN}234${THIN}567`, '–'])
})

test('short numbers have three digits that matter', () => {
  assert.deepEqual([0, 0.001, 0.126, 1.256, 12.34, 123.4, NaN].map(short), ['0', '< 0.01', '0.13', '1.26', '12.3', '123', '–'])
})

test('slow rates are told by the minute', () => {
  assert.deepEqual([0, 0.05, 0.5, 1234].map(rate), ['0/s', '3/min', '0.5/s', `1${THIN}234/s`])
})

test('parts are percent', () => {
  assert.deepEqual([0, 0.0004, 0.031, 0.5, 1, null].map(percent), ['0 %', '< 0.1 %', '3.1 %', '50 %', '100 %', '–'])
})

test('sizes are in units of 1024', () => {
  assert.deepEqual([0, 1023, 1536, 150 * 1024 * 1024].map(bytes), ['0 B', '1023 B', '1.5 KB', '150 MB'])
})

test('durations of the API are read and written', () => {
  assert.deepEqual(['00:00:30', '7.01:00:00', '00:00:00.2500000', '-00:00:05', 'soon'].map(seconds), [30, 7 * 86400 + 3600, 0.25, -5, null])
  for (const value of [0, 1, 0.25, 59, 3600, 86400 + 61.5]) assert.equal(seconds(toSpan(value)), value)
})

test('durations have two units', () => {
  assert.deepEqual(
    [0, 0.0004, 0.0042, 0.25, 1, 9.94, 59.96, 61, 3600, 3660, 90061].map(duration),
    ['0 s', '< 1 ms', '4.2 ms', '250 ms', '1 s', '9.9 s', '1 min', '1 min 1 s', '1 h', '1 h 1 min', '1 d 1 h'])
})

test('times are seen from now', () => {
  const now = 1_000_000_000
  assert.deepEqual([0, 5_000, 90_000, 7_200_000, 86_400_000 * 3, -40_000].map(passed => ago(now - passed, now)),
    ['just now', '5 s ago', '2 min ago', '2 h ago', '3 d ago', 'in 40 s'])
})

test('names are words', () => {
  assert.deepEqual(['Queued', 'DeadLettered'].map(words), ['Queued', 'Dead-lettered'])
  assert.deepEqual([many(1, 'job'), many(2, 'job'), many(0, 'class', 'classes')], ['1 job', '2 jobs', '0 classes'])
})

test('how many classes keep up is a sentence, of one class too', () => {
  assert.deepEqual([keepingUp(1, 0), keepingUp(1, 1)], ['The one class keeps up', 'The one class does not keep up'])
  assert.deepEqual([keepingUp(3, 0), keepingUp(3, 1), keepingUp(3, 2)], ['All 3 classes keep up', '1 of 3 classes does not keep up', '2 of 3 classes do not keep up'])
})

test('limits of rates are sentences', () => {
  assert.equal(limitRate({ permits: 0, period: '00:00:00', burst: 0 }), 'no limit')
  assert.equal(limitRate({ permits: 50, period: '00:00:01', burst: 5 }), '50 per second, burst 5')
  assert.equal(limitRate({ permits: 9, period: '00:00:10', burst: 1 }), '9 per 10 s, burst 1')
})
