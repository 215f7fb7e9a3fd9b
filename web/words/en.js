/** English, which other languages fall back to: what is said from the first. `{name}` is a hole; an object has plural forms. */
export default {
  messages: 'Messages',
  message: 'Message',
  messageTo: 'Message {room}',
  send: 'Send',
  you: '(you)',

  rooms: 'Rooms',
  aboutRoom: 'Room details',
  find: 'Search',
  findHint: 'Search (Ctrl+K)',

  connecting: 'Connecting…',
  connected: 'Connected',
  closed: 'Disconnected.',

  missing: 'Reconnected. This server keeps no history: some messages may be missing.',
  renamed: '{before} is now called {name}.',
  more: { one: '+ {count} more', other: '+ {count} more' },
  unreadLine: 'New',

  anEarlierMessage: 'An earlier message',
  reactions: 'Reactions',
  edited: 'edited',
  deleted: 'This message was deleted.',

  tooLong: 'Too long: {chars} of {max} characters',
  notLoaded: 'Part of the page could not be loaded. Check your connection.',
};
