import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureRate, mergeOverview, mergePoints, present } from './lib/history.js'

const START = Date.parse('2030-01-01T00:00:00Z')
const point = (index, more) => ({ at: new Date(START + index * 5000).toISOString(), arrived: 0, ended: 0, finished: 0, failed: 0, ...more })
const points = (from, to) => Array.from({ length: to - from }, (_, index) => point(from + index))

test('the running point is replaced, the next appended', () => {
  const merged = mergePoints(points(0, 3), [point(2, { arrived: 7 }), point(3)], 5)
  assert.deepEqual(merged.map(one => one.at), points(0, 4).map(one => one.at))
  assert.equal(merged[2].arrived, 7)
})

test('the oldest leave after 15 minutes', () => {
  const merged = mergePoints(points(0, 180), [point(179), point(180)], 5)
  assert.equal(merged.length, 180)
  assert.equal(merged[0].at, point(1).at)
})

test('a gap, and a class that began anew, ask for the whole', () => {
  assert.equal(mergePoints(points(0, 3), [point(5), point(6)], 5), null)
  assert.equal(mergePoints(points(100, 103), [point(0), point(1)], 5), null)
  assert.equal(mergePoints([], [point(0)], 5), null)
  assert.deepEqual(mergePoints(points(0, 1), [point(0, { arrived: 1 })], 5), [point(0, { arrived: 1 })])
})

test('an overview with another class asks for the whole', () => {
  const overview = name => ({ at: 'x', classes: [{ status: { class: name }, history: { period: '00:00:05', points: points(0, 3) } }] })
  assert.equal(mergeOverview(overview('email'), overview('index')), null)
  assert.equal(mergeOverview(overview('email'), overview('email')).classes[0].history.points.length, 3)
  assert.deepEqual(mergeOverview(overview('email'), { at: 'y', classes: [] }), { at: 'y', classes: [] })
})

test('what goes on now leaves out the point that is not whole', () => {
  const now = present({ period: '00:00:05', points: [...points(0, 6).map(one => ({ ...one, arrived: 10, finished: 5, ended: 10, failed: 1 })), point(6, { arrived: 999 })] })
  assert.deepEqual(now, { arrivals: 2, finishes: 1, failures: 0.1 })
})

test('no attempts have no failure rate', () => {
  assert.equal(failureRate(points(0, 3)), null)
  assert.equal(failureRate([point(0, { ended: 4, failed: 1 })]), 0.25)
})
