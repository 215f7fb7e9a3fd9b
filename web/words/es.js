/** Español. */
export default {
  messages: 'Mensajes',
  message: 'Mensaje',
  messageTo: 'Mensaje para {room}',
  send: 'Enviar',
  you: '(tú)',

  rooms: 'Salas',
  aboutRoom: 'Detalles de la sala',
  find: 'Buscar',
  findHint: 'Buscar (Ctrl+K)',

  connecting: 'Conectando…',
  connected: 'Conectado',
  closed: 'Desconectado.',

  missing: 'Se ha recuperado la conexión. Este servidor no guarda el historial: puede que falten mensajes.',
  renamed: '{before} ahora se llama {name}.',
  more: { one: '+ {count} más', many: '+ {count} más', other: '+ {count} más' },
  unreadLine: 'Nuevos',

  anEarlierMessage: 'Un mensaje anterior',
  reactions: 'Reacciones',
  edited: 'editado',
  deleted: 'Se ha eliminado este mensaje.',

  tooLong: 'Demasiado largo: {chars} de {max} caracteres',
  notLoaded: 'No se ha podido cargar una parte de la página. Comprueba tu conexión.',
};
