/** The linter's rules for the page and its tests: those that find faults, and the width of a line. */

import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['target/', 'node_modules/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-len': ['error', { code: 120 }],
      'no-constructor-return': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable-loop': 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'no-useless-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  { files: ['web/**'], languageOptions: { globals: globals.browser } },
  { files: ['web/sw.js'], languageOptions: { globals: globals.serviceworker } },
  // Tables: an entry is a line.
  { files: ['web/words/??.js', 'web/words/more.js', 'web/words/more/*.js'], rules: { 'max-len': 'off' } },
  { files: ['web/emoji/*.js'], rules: { 'max-len': 'off', 'no-irregular-whitespace': ['error', { skipTemplates: true }] } },
  // Any browser must be able to parse it, which also needs a name for what is caught.
  {
    files: ['web/boot.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script' },
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }], 'no-var': 'off', 'object-shorthand': 'off' },
  },
  // The stories run some of their functions in the page, where one of them adds axe.
  {
    files: ['tests/**', 'bench/**', '*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.browser, axe: 'readonly' } },
    rules: { 'max-len': 'off', 'no-template-curly-in-string': 'off' },
  },
];
