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

/** A stylesheet for what is shown only now and then. @param {string} name @returns {Promise<void>} when it applies */
export function styled(name) {
  const href = new URL(`../style/${name}`, import.meta.url).href;
  const known = document.querySelector(`link[href="${href}"]`);
  if (known) return known.ready;
  const link = el('link', { rel: 'stylesheet', href });
  link.ready = new Promise((done) => (link.onload = link.onerror = () => done()));
  document.head.append(link);
  return link.ready;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A picture of 24 by 24, drawn in the colour of the text around it. @param {string} path */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
