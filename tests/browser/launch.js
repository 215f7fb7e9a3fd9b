/** How each browser is started. */

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} [path] of its program; by default CHROMIUM or FIREFOX, or where Debian has it
 */
export function launchOptions(name, path) {
  return name === 'chromium'
    ? { headless: true, browser: 'chrome', executablePath: path ?? (process.env.CHROMIUM || '/usr/bin/chromium'), args: CHROMIUM_ARGUMENTS }
    : { headless: true, browser: 'firefox', executablePath: path ?? (process.env.FIREFOX || '/usr/bin/firefox-esr') };
}
