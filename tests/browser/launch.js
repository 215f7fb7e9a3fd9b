/** How each browser is started. */

/** A name of this machine for the browsers: at an address of the loopback, links lead nowhere from other devices. */
export const LOCAL_NAME = 'chat.local';

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${LOCAL_NAME} 127.0.0.1`,
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} [path] of its program; by default CHROMIUM or FIREFOX, or where Debian has it
 */
export function launchOptions(name, path) {
  return name === 'chromium'
    ? { headless: true, browser: 'chrome', executablePath: path ?? (process.env.CHROMIUM || '/usr/bin/chromium'), args: CHROMIUM_ARGUMENTS }
    : { headless: true, browser: 'firefox', executablePath: path ?? (process.env.FIREFOX || '/usr/bin/firefox-esr'), extraPrefsFirefox: { 'network.dns.localDomains': LOCAL_NAME } };
}
