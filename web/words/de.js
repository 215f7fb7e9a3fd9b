/** Deutsch. */
export default {
  messages: 'Nachrichten',
  message: 'Nachricht',
  messageTo: 'Nachricht an {room}',
  send: 'Senden',
  you: '(du)',

  rooms: 'Räume',
  aboutRoom: 'Details zum Raum',
  find: 'Suchen',
  findHint: 'Suchen (Strg+K)',

  connecting: 'Verbindung wird hergestellt…',
  connected: 'Verbunden',
  closed: 'Verbindung getrennt.',

  missing: 'Wieder verbunden. Dieser Server speichert keinen Verlauf: Hier fehlen vielleicht Nachrichten.',
  renamed: '{before} heißt jetzt {name}.',
  more: { one: '+ {count} weitere', other: '+ {count} weitere' },
  unreadLine: 'Neu',

  anEarlierMessage: 'Eine frühere Nachricht',
  reactions: 'Reaktionen',
  edited: 'bearbeitet',
  deleted: 'Diese Nachricht wurde gelöscht.',

  tooLong: 'Zu lang: {chars} von {max} Zeichen',
  notLoaded: 'Ein Teil der Seite konnte nicht geladen werden. Prüfe deine Verbindung.',
};
