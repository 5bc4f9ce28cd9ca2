// Reads something for a part, and again when what it depends on changes, or when it failed in a way that passes.
import { useCallback, useEffect, useRef, useState } from './html.js'
import { backoff } from './backoff.js'

/**
 * @param read gets an AbortSignal and gives a promise
 * @param on what it depends on; the old answer is dropped when it changes
 * @returns `{ data, error, loading, reload, set }`; data stays while it is read again
 */
export function useLoad(read, on) {
  const [state, setState] = useState({ loading: true })
  const [round, setRound] = useState(0)
  const latest = useRef(read)
  const last = useRef(on)
  latest.current = read

  useEffect(() => {
    const abort = new AbortController()
    const isNew = last.current.some((one, index) => one !== on[index])
    let timer
    let failures = 0
    last.current = on
    setState(old => (isNew ? { loading: true } : { ...old, loading: true }))
    const attempt = async () => {
      try {
        const data = await latest.current(abort.signal)
        if (!abort.signal.aborted) setState({ data, loading: false })
      } catch (error) {
        if (abort.signal.aborted || error.name === 'AbortError') return
        setState(old => ({ ...old, error, loading: false }))
        if (error.isPassing) timer = setTimeout(attempt, backoff(++failures))
      }
    }
    attempt()
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [...on, round])

  const reload = useCallback(() => setRound(old => old + 1), [])
  const set = useCallback(change => setState(old => ({ ...old, data: typeof change === 'function' ? change(old.data) : change, error: undefined })), [])
  return { ...state, reload, set }
}
