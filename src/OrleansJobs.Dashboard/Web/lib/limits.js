// The limits of a class between a form and the API. Pure.

/** `acme 3` a line: the last word is the weight, what is before it the tenant; `shared 2` is a tenant of that name, `"" 2` the shared one. */
export function parseWeights(text) {
  const weights = {}
  for (const line of text.split('\n').map(one => one.trim()).filter(Boolean)) {
    const parts = /^(.*?)[\s:=]+(\d+)$/.exec(line)
    if (!parts) return { fault: `“${line}” is no tenant and weight, as in: acme 3` }
    weights[parts[1] === '""' ? '' : parts[1]] = Number(parts[2])
  }
  return { weights }
}

export const weightsText = weights => Object.entries(weights).map(([tenant, weight]) => `${tenant || '""'} ${weight}`).join('\n')

/** What of a form differs from the settings in force; a tenant that is not named any more gets weight 1, which removes its own. */
export function changeOf(settings, form) {
  const change = {}
  for (const name of ['maxLocalWorkers', 'maxConcurrentJobs', 'maxConcurrentJobsPerTenant']) {
    if (Number(form[name]) !== settings[name]) change[name] = Number(form[name])
  }
  const rate = rateOf(form)
  if (!sameRate(rate, settings.rate)) change.rate = rate
  const weights = weightChanges(settings.tenantWeights, form.weights)
  if (Object.keys(weights).length > 0) change.tenantWeights = weights
  return change
}

function rateOf({ permits, period, burst }) {
  if (Number(permits) === 0) return { permits: 0 }
  return { permits: Number(permits), period, ...(burst ? { burst: Number(burst) } : {}) }
}

const sameRate = (rate, old) => rate.permits === old.permits && (rate.permits === 0 || (rate.period === old.period && (rate.burst ?? old.burst) === old.burst))

function weightChanges(before, after) {
  const changes = {}
  for (const [tenant, weight] of Object.entries(after)) if ((before[tenant] ?? 1) !== weight) changes[tenant] = weight
  for (const tenant of Object.keys(before)) if (!(tenant in after)) changes[tenant] = 1
  return changes
}
