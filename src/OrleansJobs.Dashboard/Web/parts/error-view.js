// An error with its stack.
import { html } from '../lib/html.js'
import { Copy } from './bits.js'

export const ErrorView = ({ error, isOpen }) => html`
  <div class="error-view">
    <p class="error-type mono wrap">${error.type}</p>
    <p class="wrap error-message">${error.message}</p>
    ${error.stack && html`<details open=${isOpen}><summary>Stack</summary><pre class="code" tabindex="0" role="region" aria-label="Stack">${error.stack}</pre><${Copy} text=${`${error.type}: ${error.message}\n${error.stack}`} what="the error" /></details>`}
  </div>`
