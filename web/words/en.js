/** English, which other languages fall back to: what is said from the first. `{name}` is a hole; an object has plural forms. */
export default {
  messages: 'Messages',
  message: 'Message',
  saySomething: 'Say something',
  send: 'Send',
  you: '(you)',

  rooms: 'Rooms',
  aboutRoom: 'About this room',
  find: 'Search',
  findHint: 'Search (Ctrl+K)',

  connecting: 'Connecting…',
  connected: 'Connected',
  closed: 'Connection closed.',

  missing: 'Reconnected. This server keeps no history: messages may be missing here.',
  renamed: '{before} is now called {name}.',
  unreadLine: 'New',

  anEarlierMessage: 'An earlier message',
  reactions: 'Reactions',
  edited: 'edited',
  deleted: 'This message was deleted.',

  tooLong: 'Too long: {chars} of {max} characters',
  notLoaded: 'This part of the page could not be loaded. Is there a connection?',
};
