import assert from 'node:assert/strict'
import { test } from 'node:test'
import { steps, totals } from './lib/timeline.js'

const at = second => new Date(Date.UTC(2030, 0, 1, 0, 0, second)).toISOString()
const inSeconds = all => all.map(({ kind, from, to, reason }) =>
  [kind, (from - Date.parse(at(0))) / 1000, to === null ? null : (to - Date.parse(at(0))) / 1000, ...(reason ? [reason] : [])])

const failed = { number: 1, silo: 'a', dueAt: at(0), waitedFor: 'PoolFull', startedAt: at(4), endedAt: at(5), outcome: 'Failed' }

test('an attempt shows what held it back', () => {
  const job = { state: 'DeadLettered', submittedAt: at(0), finishedAt: at(5), attempts: [failed] }
  assert.deepEqual(inSeconds(steps(job)), [['wait', 0, 4, 'PoolFull'], ['run', 4, 5]])
})

test('the time until an attempt was due is a wait of its own', () => {
  const second = { number: 2, silo: 'b', dueAt: at(8), waitedFor: 'Paused', startedAt: at(20), endedAt: at(21), outcome: 'Succeeded' }
  const job = { state: 'Succeeded', submittedAt: at(0), finishedAt: at(21), attempts: [failed, second] }
  assert.deepEqual(inSeconds(steps(job)).slice(2), [['wait', 5, 8, 'NotDue'], ['wait', 8, 20, 'Paused'], ['run', 20, 21]])
  assert.deepEqual(totals(steps(job), 0), { waited: 19, ran: 2 })
})

test('a running attempt has its own due time and reason', () => {
  const job = { state: 'Running', submittedAt: at(0), dueAt: at(7), startedAt: at(9), waitedFor: 'Rate', attempt: 2, silo: 'b', attempts: [failed] }
  assert.deepEqual(inSeconds(steps(job)).slice(2), [['wait', 5, 7, 'NotDue'], ['wait', 7, 9, 'Rate'], ['run', 9, null]])
})

test('an attempt that began at once shows no wait', () => {
  const job = { state: 'Succeeded', submittedAt: at(4), finishedAt: at(5), attempts: [{ ...failed, dueAt: at(4), waitedFor: 'None' }] }
  assert.deepEqual(inSeconds(steps(job)), [['run', 4, 5]])
})

test('attempts of older versions waited for nothing that is known', () => {
  const { dueAt, waitedFor, ...old } = failed
  const job = { state: 'Retrying', submittedAt: at(0), attempts: [old] }
  assert.deepEqual(inSeconds(steps(job)), [['wait', 0, 4, 'None'], ['run', 4, 5], ['wait', 5, null]])
})
