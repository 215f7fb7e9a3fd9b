/** 日本語。 */
export default {
  messages: 'メッセージ',
  message: 'メッセージ',
  messageTo: '{room} へのメッセージ',
  send: '送信',
  you: '（自分）',

  rooms: 'ルーム',
  aboutRoom: 'ルームの詳細',
  find: '検索',
  findHint: '検索（Ctrl+K）',

  connecting: '接続中…',
  connected: '接続済み',
  closed: '切断されました。',

  missing: '再接続しました。このサーバーは履歴を保存しないため、一部のメッセージが抜けている可能性があります。',
  renamed: '{before} さんの名前が {name} に変わりました。',
  more: { other: '+ 他 {count} 件' },
  unreadLine: 'ここから未読',

  anEarlierMessage: '以前のメッセージ',
  reactions: 'リアクション',
  edited: '編集済み',
  deleted: 'このメッセージは削除されました。',

  tooLong: '長すぎます：{chars} / {max} 文字',
  notLoaded: 'ページの一部を読み込めませんでした。接続を確認してください。',
};
