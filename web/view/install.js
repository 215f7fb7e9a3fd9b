/** The page as an app: it opens without a network, and can be put on the home screen. */

import { mountOf } from '../model/address.js';
import { parseLink } from '../model/chat-links.js';
import { el } from './element.js';

/** @param {(room: string, seq?: number) => void} go */
export async function install(go) {
  const mount = mountOf(document.baseURI);
  const worker = navigator.serviceWorker;
  // Over plain HTTP, or forbidden: there is none, and the page does without.
  if (!worker) return;
  const { href: script } = new URL('sw.js', mount);
  const at = (/** @type {string} */ name) => new URL(name, mount).href;
  document.head.append(
    el('link', { rel: 'manifest', href: at('chinwag.webmanifest') }),
    el('link', { rel: 'apple-touch-icon', href: at('icon-maskable.png') }),
  );
  worker.addEventListener('message', ({ data }) => {
    const target = data.type === 'go' && parseLink(data.url, mount.href);
    if (target) go(target.room, target.seq);
  });
  try {
    const { scope, active } = (await worker.getRegistration(mount)) ?? {};
    // In somebody's own application this place may be taken by a worker of theirs.
    if (scope === mount.href && active && active.scriptURL !== script) return;
    const { trustedTypes } = /** @type {any} */ (window);
    const policy = trustedTypes?.createPolicy('chinwag', { createScriptURL: () => script });
    await worker.register(policy?.createScriptURL('') ?? script, { updateViaCache: 'none' });
  } catch {
    // A browser may forbid it.
  }
}
