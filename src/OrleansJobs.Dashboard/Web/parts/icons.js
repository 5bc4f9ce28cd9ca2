// Small pictures beside words; never the only sign of what something is.
import { html } from '../lib/html.js'

const SHAPES = {
  overview: 'M3 13h7V3H3zM14 21h7v-7h-7zM14 3v7h7V3zM3 21h7v-4H3z',
  jobs: 'M4 6h16M4 12h16M4 18h10',
  silos: 'M4 4h16v6H4zM4 14h16v6H4zM8 7h.01M8 17h.01',
  grains: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 12l8-4.5M12 12v9M12 12L4 7.5',
  dead: 'M4 5h16v14H4zM4 6l8 7 8-7M9 19l3-3 3 3',
  results: 'M4 12l5 5L20 6',
  audit: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7M9 7h3',
  KeepsUp: 'M4 12l5 5L20 6',
  PoolLimited: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  RateLimited: 'M4 18a8 8 0 1 1 16 0M12 18l4-6',
  TenantCapped: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-7 8-7s8 3 8 7M3 13h18',
  DownstreamSlows: 'M3 7c3-3 6 3 9 0s6 3 9 0M3 13c3-3 6 3 9 0s6 3 9 0M12 16v5M9 18.500l3 3 3-3',
  Paused: 'M8 5v14M16 5v14',
  NoSilo: 'M4 4h16v6H4zM4 14h16v6H4zM3 21L21 3',
  menu: 'M4 6h16M4 12h16M4 18h16',
  moon: 'M20 14A8 8 0 1 1 10 4a6.500 6.500 0 0 0 10 10z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M19 5l-1.400 1.400M6.400 17.600L5 19',
  warning: 'M12 4L2.500 20h19zM12 10v4M12 17h.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
}

export const Icon = ({ name, size = 16 }) => html`
  <svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true" focusable="false"><path d=${SHAPES[name]} /></svg>`
