/** Elements made in code. Text enters as text: a string child is never markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] `class`, `on…` for events, attributes by their names, anything else a property
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Only where it is another: what is written anew is laid out, and may be announced, anew. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
