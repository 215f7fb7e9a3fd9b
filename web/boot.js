/**
 * Runs before the modules: sets the page's direction, preloads its words, and shows a message where the page cannot
 * start. Any browser must be able to parse it.
 */

(function () {
  var root = document.documentElement;
  var mount = location.pathname.replace(/r\/[^/]*$|[^/]*$/, '');
  var languages = navigator.languages || [];
  try {
    languages = [JSON.parse(localStorage.getItem('chinwag ' + mount + ' language') || 'null') || languages].flat();
  } catch (error) {
    // Nothing can be kept here, or not read.
  }
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

  // A module that is missing, or that the browser cannot parse. After the start the words are gone.
  addEventListener('error', function (event) {
    var words = document.getElementById('boot');
    /** @type {any} */
    var target = event.target;
    if (words && !target.rel) words.className = 'notice';
  }, true);
})();
