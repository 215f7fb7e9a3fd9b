/** What cannot wait for the modules: the direction that the page is drawn in, and words where it cannot start. Any browser can parse this. */

(function () {
  var root = document.documentElement;
  var mount = location.pathname.replace(/r\/[^/]*$|[^/]*$/, '');
  var languages = navigator.languages || [];
  try {
    languages = [JSON.parse(localStorage.getItem('chinwag ' + mount + ' language')) || languages].flat();
  } catch (error) {
    // Nothing can be kept here, or not read.
  }
  // The first that there is a table for, as words.js finds it.
  var language = /(?:^| )(en|de|es|fr|zh|ja|ar)\b/i.exec(languages.join(' '));
  if (language && language[1].toLowerCase() === 'ar') root.dir = 'rtl';

  // A module that is missing, or that the browser cannot parse. After the start the words are gone.
  addEventListener('error', function (event) {
    var words = document.getElementById('begin');
    if (words && !event.target.rel) words.className = 'notice';
  }, true);
})();
