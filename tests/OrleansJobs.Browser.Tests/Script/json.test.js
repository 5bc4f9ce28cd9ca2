import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupDead } from './lib/groups.js'
import { changeOf, parseWeights, weightsText } from './lib/limits.js'
import { pretty, prettyPieces, rawProperty, redactedPlaces, tokens } from './lib/json.js'
import { backoff } from './lib/backoff.js'
import { hasForgotten, steps, totals } from './lib/timeline.js'

const TRICKY = '{"a":{"payload":1},"s":"}\\",{","payload":{"n":12345678901234567890,"d":1.50,"e":[ ],"o":{},"t":"a\\"b"},"z":null}'

test('a property is cut out byte for byte', () => {
  assert.equal(rawProperty(TRICKY, 'payload'), '{"n":12345678901234567890,"d":1.50,"e":[ ],"o":{},"t":"a\\"b"}')
  assert.equal(rawProperty(TRICKY, 'z'), 'null')
  assert.equal(rawProperty(TRICKY, 'nothing'), undefined)
  assert.equal(rawProperty('{"payload":"x"}', 'payload'), '"x"')
})

test('pretty text means the same, to the last digit', () => {
  const text = pretty(TRICKY)
  assert.deepEqual(tokens(text), tokens(TRICKY))
  assert.match(text, /12345678901234567890/)
  assert.equal(pretty('{"a":[],"b":{}}'), '{\n  "a": [],\n  "b": {}\n}')
  assert.equal(prettyPieces('"unfinished'), null)
})

test('hidden values are found wherever they are', () => {
  assert.deepEqual(redactedPlaces('{"a":"[redacted]","b":[1,{"c":"[redacted]"}],"d":"not [redacted]"}'), ['$.a', '$.b[1].c'])
  assert.deepEqual(redactedPlaces('"[redacted]"'), ['$'])
})

test('weights are lines', () => {
  const weights = { acme: 3, '': 2, 'two words': 5 }
  assert.deepEqual(parseWeights(weightsText(weights)), { weights })
  assert.match(parseWeights('acme').fault, /acme/)
})

test('only what differs is changed', () => {
  const settings = { maxLocalWorkers: 8, maxConcurrentJobs: 0, maxConcurrentJobsPerTenant: 0, rate: { permits: 0, period: '00:00:00', burst: 0 }, tenantWeights: { acme: 3 } }
  const form = { maxLocalWorkers: '8', maxConcurrentJobs: '0', maxConcurrentJobsPerTenant: '0', permits: '0', period: '00:00:01', burst: '', weights: { acme: 3 } }
  assert.deepEqual(changeOf(settings, form), {})
  assert.deepEqual(changeOf(settings, { ...form, maxLocalWorkers: '9', permits: '50', weights: { globex: 2 } }),
    { maxLocalWorkers: 9, rate: { permits: 50, period: '00:00:01' }, tenantWeights: { globex: 2, acme: 1 } })
  assert.deepEqual(changeOf({ ...settings, rate: { permits: 5, period: '00:00:01', burst: 1 } }, form), { rate: { permits: 0 } })
})

test('dead letters that differ in numbers are alike, and are found again', () => {
  const job = (id, message, type = 'Boom') => ({ id, class: 'email', lastError: { type, message } })
  const groups = groupDead([job(1, 'Server 10.0.0.7 answered 503'), job(2, 'Server 10.0.0.8 answered 502'), job(3, 'no'), { id: 4, class: 'email' }])
  assert.deepEqual(groups.map(group => group.jobs.length), [2, 1, 1])
  assert.deepEqual(groups[0].filter, { class: 'email', state: 'DeadLettered', error: 'answered' })
  assert.equal(groups[1].filter.error, 'Boom')
})

test('pauses grow, and are spread', () => {
  assert.deepEqual([1, 2, 3, 20].map(failures => backoff(failures, 0.5)), [1000, 2000, 4000, 30_000])
  assert.deepEqual([0, 1].map(random => backoff(1, random)), [750, 1250])
})

test('a life is waits and runs without gaps', () => {
  const at = second => new Date(second * 1000).toISOString()
  const attempts = [{ number: 1, silo: 's', startedAt: at(2), endedAt: at(3), outcome: 'Failed' }]
  const retrying = steps({ state: 'Retrying', submittedAt: at(0), attempt: 1, attempts })
  assert.deepEqual(retrying.map(step => [step.kind, step.from / 1000, step.to && step.to / 1000]), [['wait', 0, 2], ['run', 2, 3], ['wait', 3, null]])
  assert.deepEqual(totals(retrying, 10_000), { waited: 9, ran: 1 })
  const running = steps({ state: 'Running', submittedAt: at(0), startedAt: at(5), attempt: 2, silo: 's', attempts })
  assert.deepEqual(running.at(-1), { kind: 'run', from: 5000, to: null, number: 2, silo: 's', outcome: 'Running' })
  assert.equal(hasForgotten({ attempts: [{ number: 4 }] }), true)
})
