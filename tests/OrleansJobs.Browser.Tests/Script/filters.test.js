import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe as inWords, fromQuery, isEmpty, isJobId, parseSearch, toQuery, toSearch } from './lib/filters.js'

test('searches go to the address and back', () => {
  for (const filter of [{}, { class: 'email', state: 'Queued' }, { tenant: '' }, { tenant: 'a b', tag: '<i>', uniqueKey: 'k=1&2', error: 'two words', from: '2030-01-01T00:00:00Z' }]) {
    assert.deepEqual(fromQuery(toQuery(filter)), filter)
    assert.deepEqual(parseSearch(toSearch(filter)), { filter, faults: [] })
  }
})

test('other keys of an address are no filter', () => {
  assert.deepEqual(fromQuery('?class=email&cursor=x&__proto__=1&state='), { class: 'email' })
})

test('what is typed is understood', () => {
  assert.deepEqual(parseSearch('STATE:dead-lettered key:welcome-42 over capacity').filter, { state: 'DeadLettered', uniqueKey: 'welcome-42', error: 'over capacity' })
  assert.deepEqual(parseSearch('http://x is down').filter, { error: 'http://x is down' })
  assert.equal(parseSearch('0190a000-0000-7000-8000-000000000001').id, '0190a000-0000-7000-8000-000000000001')
})

test('what is not understood is told', () => {
  assert.match(parseSearch('state:flying').faults[0], /no state “flying”/)
  assert.match(parseSearch('ab').faults[0], /at least 3/)
})

test('ids are told from words', () => {
  assert.deepEqual(['0190A000-0000-7000-8000-000000000001', '0190a00000007000800000000000000a', '0190a000', 'x'.repeat(36)].map(isJobId), [true, true, false, false])
})

test('filters are sentences', () => {
  assert.equal(inWords({}), 'all jobs of all classes')
  assert.equal(inWords({ class: 'email', tenant: '', error: '503' }), 'jobs of the class “email”, of the shared tenant, whose last error has “503”')
  assert.deepEqual([isEmpty({}), isEmpty({ tag: '' }), isEmpty({ tenant: '' })], [true, true, false])
})
