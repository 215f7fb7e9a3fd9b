/**
 * Runs before the modules: sets the page's direction and looks, preloads its words, connects, and shows a message where
 * the page cannot start. Any browser must be able to parse it.
 */

(function () {
  var root = document.documentElement;
  var mount = location.pathname.replace(/r\/[^/]*$|[^/]*$/, '');

  /** @param {string} name */
  function stored(name) {
    try {
      return JSON.parse(localStorage.getItem('chinwag ' + mount + ' ' + name) || 'null');
    } catch (error) {
      return null; // Nothing can be kept here, or not read.
    }
  }

  // Chosen by the reader (view/settings.js, maybe in another tab), and known before the first frame.
  function look() {
    var theme = stored('theme');
    document.querySelectorAll('.dark').forEach(function (/** @type {any} */ element) {
      element.media = theme ? (theme === 'dark' ? 'all' : 'not all') : '(prefers-color-scheme: dark)';
    });
    root.style.setProperty('font-size', (stored('size') || 100) + '%');
    /** @type {any} */
    var compact = document.getElementById('compact');
    compact.disabled = stored('density') !== 'compact';
    root.classList.toggle('no-column', stored('peopleClosed') === true);
  }
  look();
  addEventListener('look', look);
  addEventListener('storage', look);

  var languages = [stored('language') || navigator.languages || []].flat();
  // The first that there is a table for, as words.js finds it.
  var found = /(?:^| )(en|de|es|fr|zh|ja|ar)\b/i.exec(languages.join(' '));
  var language = found ? found[1].toLowerCase() : 'en';
  if (language === 'ar') root.dir = 'rtl';
  // The English words are among the modules that index.html preloads.
  if (language !== 'en') {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = 'words/' + language + '.js';
    document.head.appendChild(link);
  }

  /** @type {any} */
  var page = window;
  // The database opens while the modules are loaded, where there is one: else chat.js makes it.
  try {
    /** @type {any} */
    var request = indexedDB.open('chinwag ' + mount, 1);
    page.firstDatabase = request;
    request.onupgradeneeded = function () {
      page.firstDatabase = undefined;
      request.transaction.abort();
    };
    request.onerror = function (/** @type {Event} */ event) {
      event.preventDefault();
    };
  } catch (error) {
    // Nothing can be kept here.
  }

  // The socket connects while the modules are loaded: two round trips less. chat.js takes it, or says what is wrong.
  try {
    page.firstSocket = new WebSocket(location.origin.replace('http', 'ws') + mount + 'ws', 'chinwag.v1');
  } catch (error) {
    // There is no WebSocket here, or none is allowed.
  }

  // A module that is missing, or that the browser cannot parse. After the start the words are gone.
  addEventListener('error', function (event) {
    var words = document.getElementById('boot');
    /** @type {any} */
    var target = event.target;
    if (words && !target.rel) words.className = 'notice';
  }, true);
})();
