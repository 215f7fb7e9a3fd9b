/** العربية. */
export default {
  messages: 'الرسائل',
  message: 'رسالة',
  messageTo: 'رسالة إلى {room}',
  send: 'إرسال',
  you: '(أنت)',

  rooms: 'الغرف',
  aboutRoom: 'تفاصيل الغرفة',
  find: 'بحث',
  findHint: 'بحث (\u2068Ctrl+K\u2069)',

  connecting: 'جارٍ الاتصال…',
  connected: 'متصل',
  closed: 'انقطع الاتصال.',

  missing: 'عاد الاتصال. لا يحتفظ هذا الخادم بالسجل: قد تنقص بعض الرسائل.',
  renamed: 'أصبح اسم {before} الآن {name}.',
  more: { zero: '+ {count} أخرى', one: '+ {count} أخرى', two: '+ {count} أخريان', few: '+ {count} أخرى', many: '+ {count} أخرى', other: '+ {count} أخرى' },
  unreadLine: 'جديد',

  anEarlierMessage: 'رسالة سابقة',
  reactions: 'التفاعلات',
  edited: 'معدّلة',
  deleted: 'حُذفت هذه الرسالة.',

  tooLong: 'النص طويل جدًا: {chars} من {max} حرف',
  notLoaded: 'تعذّر تحميل جزء من الصفحة. تحقّق من اتصالك.',
};
