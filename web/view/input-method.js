/** Keys of an input method: they end its composition, and do nothing else on the page. */

/** The key code of such a key where `isComposing` is not set: Safari ends a composition before it tells of its key. */
const COMPOSING_KEY = 229;

/** Keeps them from whatever listens, now or later. */
addEventListener('keydown', (event) => {
  if (!event.isComposing && event.keyCode !== COMPOSING_KEY) return;
  event.stopImmediatePropagation();
  // A browser closes a sheet by itself.
  if (event.key === 'Escape') event.preventDefault();
}, { capture: true });
