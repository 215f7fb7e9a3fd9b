import assert from 'node:assert/strict';
import { test } from 'node:test';

import { firstRowBelow, isAtEnd, ScrollAnchor } from '../../web/model/scroll-anchor.js';
import { seeded } from './seed.js';

/** A log as a browser lays it out: rows below each other in a box, and a scrollbar that is clamped. */
class Layout {
  rows = [];
  #top = 0;

  constructor(clientHeight) {
    this.clientHeight = clientHeight;
  }

  get scrollHeight() {
    return Math.max(this.clientHeight, this.rows.reduce((sum, row) => sum + row.offsetHeight, 0));
  }

  get scrollTop() {
    return (this.#top = Math.min(this.#top, this.scrollHeight - this.clientHeight));
  }

  set scrollTop(top) {
    this.#top = Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight));
  }

  append(...heights) {
    this.#insert(this.rows.length, heights);
  }

  prepend(...heights) {
    this.#insert(0, heights);
  }

  #insert(at, heights) {
    const { rows } = this;
    for (const offsetHeight of heights) {
      rows.splice(at++, 0, {
        offsetHeight,
        get offsetTop() {
          return rows.slice(0, rows.indexOf(this)).reduce((sum, row) => sum + row.offsetHeight, 0);
        },
        get isConnected() {
          return rows.includes(this);
        },
      });
    }
  }

  dropOldest(count) {
    this.rows.splice(0, count);
  }

  /** Where the reader sees this row. */
  top(row) {
    return row.offsetTop - this.scrollTop;
  }
}

/** A log of 20 rows of 30 px in a box of 100 px, with a reader at its end. */
function reader() {
  const layout = new Layout(100);
  const place = new ScrollAnchor(layout, layout.rows);
  const change = (make) => {
    place.observe();
    make();
    place.reposition();
  };
  change(() => layout.append(...new Array(20).fill(30)));
  return { layout, place, change };
}

test('C61 a reader at the end follows', () => {
  const { layout, place, change } = reader();
  change(() => layout.append(30, 500));
  assert.ok(place.following);
  assert.equal(layout.scrollTop, layout.scrollHeight - 100);
});

test('C61 a reader who has scrolled up keeps the place', () => {
  const { layout, place, change } = reader();
  layout.scrollTop = 215;
  change(() => layout.append(30, 500));
  assert.ok(!place.following);
  assert.equal(layout.scrollTop, 215);
});

test('C61 three pixels up is no longer the end, two are', () => {
  assert.ok(isAtEnd({ scrollTop: 498, clientHeight: 100, scrollHeight: 600 }));
  assert.ok(!isAtEnd({ scrollTop: 497, clientHeight: 100, scrollHeight: 600 }));
});

test('C61 a log that is not yet full is at its end', () => {
  const layout = new Layout(100);
  layout.append(30);
  assert.ok(isAtEnd(layout));
});

test('C61 a reader who comes back to the end follows again', () => {
  const { layout, place, change } = reader();
  layout.scrollTop = 0;
  change(() => layout.append(30));
  assert.ok(!place.following);
  layout.scrollTop = layout.scrollHeight;
  change(() => layout.append(30));
  assert.ok(place.following);
  assert.equal(layout.scrollTop, layout.scrollHeight - 100);
});

test('the way to the end leads to the end, and stays there', () => {
  const { layout, place, change } = reader();
  layout.scrollTop = 10;
  change(() => layout.append(30));
  place.goToEnd();
  assert.equal(layout.scrollTop, layout.scrollHeight - 100);
  change(() => layout.append(30));
  assert.equal(layout.scrollTop, layout.scrollHeight - 100);
});

test('the oldest go without moving what is being read', () => {
  const { layout, change } = reader();
  layout.scrollTop = 215;
  const row = layout.rows[7];
  const before = layout.top(row);
  change(() => {
    layout.append(...new Array(5).fill(30));
    layout.dropOldest(5);
  });
  assert.equal(layout.top(row), before);
});

test('when what is being read goes too, the oldest that is left takes its place', () => {
  const { layout, place, change } = reader();
  layout.scrollTop = 35;
  change(() => layout.dropOldest(5));
  assert.equal(layout.scrollTop, 0);
  assert.ok(!place.following);
});

test('a keyboard that takes half of the box does not lose the end', () => {
  const { layout, place, change } = reader();
  layout.clientHeight = 50;
  change(() => layout.append(30));
  assert.ok(place.following);
  assert.equal(layout.scrollTop, layout.scrollHeight - 50);
});

test('rows that become higher above the reader do not move what is being read', () => {
  const { layout, change } = reader();
  layout.scrollTop = 215;
  const row = layout.rows[7];
  const before = (change(() => {}), layout.top(row));
  change(() => layout.rows.slice(0, 7).forEach((above) => (above.offsetHeight = 60)));
  assert.equal(layout.top(row), before);
});

test('the first row below an edge is found as by looking at each (seed 61)', () => {
  const random = seeded(61);
  for (let round = 0; round < 200; round++) {
    const layout = new Layout(100);
    layout.append(...Array.from({ length: Math.floor(random() * 40) }, () => 1 + Math.floor(random() * 80)));
    const edge = Math.floor(random() * layout.scrollHeight);
    const slowly = layout.rows.findIndex((row) => row.offsetTop + row.offsetHeight > edge);
    assert.equal(firstRowBelow(layout.rows, edge), slowly < 0 ? layout.rows.length : slowly, `round ${round}`);
  }
});

test('who stays sees the same rows, though they were the last', () => {
  const { layout, place, change } = reader();
  const row = layout.rows.at(-1);
  place.observe();
  const before = layout.top(row);
  place.detach();
  change(() => layout.append(30, 30, 500));
  assert.ok(!place.following);
  assert.equal(layout.top(row), before);
});

test('older rows that come in above do not move what is being read', () => {
  const { layout, change } = reader();
  layout.scrollTop = 0;
  const row = layout.rows[0];
  change(() => layout.prepend(...new Array(50).fill(30)));
  assert.equal(layout.top(row), 0);
});

test('a row that goes from where it is, a day or the unread line, is not what is held on to', () => {
  const layout = new Layout(100);
  layout.append(...new Array(20).fill(30));
  const line = layout.rows[7];
  const place = new ScrollAnchor(layout, layout.rows, (row) => row !== line);
  layout.scrollTop = 215;
  place.observe();
  const before = layout.top(layout.rows[8]);
  const [below] = layout.rows.slice(8);
  layout.rows.splice(7, 1);
  layout.prepend(30, 30);
  place.reposition();
  assert.equal(layout.top(below), before);
});

test('one is led to a row, and stays there', () => {
  const { layout, place, change } = reader();
  const row = layout.rows[10];
  place.goTo(row, 40);
  assert.deepEqual([layout.top(row), place.following], [40, false]);
  change(() => layout.prepend(30, 500));
  change(() => layout.append(30));
  assert.equal(layout.top(row), 40);
});

test('where the reader was can be gone back to', () => {
  const { layout, place } = reader();
  assert.equal(place.position, undefined, 'at the end it is the end');
  layout.scrollTop = 215;
  place.observe();
  const { row, top } = place.position;
  place.goToEnd();
  place.goTo(row, top);
  assert.equal(layout.scrollTop, 215);
});

test('a line that moves among the rows is nothing to hold on to, when what was held is gone', () => {
  const layout = new Layout(100);
  layout.append(...Array(20).fill(20));
  const [day] = layout.rows;
  const place = new ScrollAnchor(layout, layout.rows, (row) => row !== day);
  layout.scrollTop = 205;
  place.observe();
  // All rows are others, under the same day.
  layout.rows.splice(1, 19);
  layout.append(...Array(20).fill(20));
  place.reposition();
  const [, first] = layout.rows;
  place.observe();
  layout.rows.splice(1, 0);
  layout.prepend(...Array(10).fill(20));
  layout.rows.unshift(...layout.rows.splice(10, 1));
  place.reposition();
  assert.equal(layout.top(first), 0, 'older ones come above what one reads');
});
