/** Français. Devant « : » une espace insécable, devant « ; ! ? » une espace fine insécable. */
export default {
  messages: 'Messages',
  message: 'Message',
  messageTo: 'Message dans {room}',
  send: 'Envoyer',
  you: '(toi)',

  rooms: 'Salons',
  aboutRoom: 'Détails du salon',
  find: 'Rechercher',
  findHint: 'Rechercher (Ctrl+K)',

  connecting: 'Connexion…',
  connected: 'Connecté',
  closed: 'Déconnecté.',

  missing: 'Reconnecté. Ce serveur ne conserve pas d’historique\u00a0: il manque peut-être des messages.',
  renamed: '{before} s’appelle maintenant {name}.',
  more: { one: '+ {count} autre', many: '+ {count} autres', other: '+ {count} autres' },
  unreadLine: 'Nouveaux',

  anEarlierMessage: 'Un message précédent',
  reactions: 'Réactions',
  edited: 'modifié',
  deleted: 'Ce message a été supprimé.',

  tooLong: 'Trop long\u00a0: {chars} caractères sur {max}',
  notLoaded: 'Une partie de la page n’a pas pu être chargée. Vérifie ta connexion.',
};
