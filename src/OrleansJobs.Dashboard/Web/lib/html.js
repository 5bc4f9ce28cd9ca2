// One place for what every part is made with.
import { Fragment, h, render } from '../vendor/preact/preact.js'
import htm from '../vendor/htm/htm.js'

export { Fragment, render }
export { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../vendor/preact/hooks.js'

/** Markup as a tagged template. Values become text or properties, never markup: nothing here sets inner HTML. */
export const html = htm.bind(h)

/** Joins class names, without those that are false. */
export const names = (...all) => all.filter(Boolean).join(' ')
