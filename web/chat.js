/** The page put together: the connection on one side, what one sees on the other. */

import { Composer } from './composer.js';
import { Connection, socketUrl } from './connection.js';
import { splitLines } from './lines.js';
import { Log } from './log.js';
import { Status } from './status.js';
import { words } from './strings.js';

const host = {
  WebSocket: window.WebSocket,
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
  now: () => performance.now(),
  random: () => Math.random(),
};

const log = new Log();
const status = new Status(() => connection.retry());
const composer = new Composer((text) => connection.send(text));

const connection = new Connection(socketUrl(document.baseURI), host, {
  onState(state) {
    status.show(state);
    if (state.name !== 'connected') return;
    composer.refresh();
    if (state.again) log.note(words.reconnected());
  },
  onText(text) {
    log.say(splitLines(text));
  },
});

addEventListener('online', () => connection.wake());
addEventListener('pageshow', () => connection.wake());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connection.wake();
});

connection.open();
