/** 中文（简体）。 */
export default {
  messages: '消息',
  message: '消息',
  messageTo: '发消息到 {room}',
  send: '发送',
  you: '（你）',

  rooms: '房间',
  aboutRoom: '房间详情',
  find: '搜索',
  findHint: '搜索（Ctrl+K）',

  connecting: '正在连接…',
  connected: '已连接',
  closed: '连接已断开。',

  missing: '已重新连接。此服务器不保存历史记录，可能会缺少部分消息。',
  renamed: '{before} 改名为 {name}。',
  more: { other: '+ 另外 {count} 条' },
  unreadLine: '新消息',

  anEarlierMessage: '较早的消息',
  reactions: '回应',
  edited: '已编辑',
  deleted: '此消息已删除。',

  tooLong: '过长：{chars} / {max} 个字符',
  notLoaded: '页面的一部分无法加载。请检查网络连接。',
};
