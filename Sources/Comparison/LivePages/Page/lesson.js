// A lab beside the run: its page, and its check as a button.

import {byID, make} from './dom.js';
import {check} from './ask.js';

/** Texts with their style; what the lab wrote only ever becomes text. */
const inline = words => words.map(run => {
  let element = run.code ? make('code', {}, run.text) : document.createTextNode(run.text);
  if (run.emphasis) element = make('em', {}, element);
  if (run.strong) element = make('strong', {}, element);
  return run.address ? make('a', {href: run.address, rel: 'noreferrer', target: '_blank'}, element) : element;
});

/** A heading of the lab stands below that of the lesson. */
const level = number => `h${Math.min(6, Math.max(3, number + 1))}`;

function table(rows, number) {
  const [head, ...body] = rows;
  const element = make('table', {}, make('thead', {}, make('tr', {}, ...head.map(
    words => make('th', {scope: 'col'}, ...inline(words))))), make('tbody', {}, ...body.map(cells => make('tr', {},
    ...cells.map((words, i) => i ? make('td', {}, ...inline(words)) : make('th', {scope: 'row'}, ...inline(words)))))));
  return make('div', {className: 'scroll', role: 'region', tabIndex: 0, 'aria-label': `Table ${number} of the lesson`}, element);
}

function draw(block, number) {
  switch (block.kind) {
    case 'heading': return make(level(block.level), {}, ...inline(block.words));
    case 'quote': return make('blockquote', {}, make('p', {}, ...inline(block.words)));
    case 'points': return make('ul', {}, ...block.items.map(words => make('li', {}, ...inline(words))));
    case 'numbers': return make('ol', {}, ...block.items.map(words => make('li', {}, ...inline(words))));
    case 'table': return table(block.rows, number);
    case 'code': return make('pre', {className: 'scroll', role: 'region', tabIndex: 0, 'aria-label': `Code ${number} of the lesson`},
      make('code', {}, block.code));
    default: return make('p', {}, ...inline(block.words));
  }
}

async function run() {
  const button = byID('check');
  if (button.getAttribute('aria-disabled')) return;
  button.setAttribute('aria-disabled', 'true');
  byID('check-says').textContent = 'The check is running …';
  byID('check-says').className = '';
  try {
    const {verdict, words, output} = await check();
    byID('check-says').textContent = words;
    byID('check-says').className = verdict;
    byID('check-output').textContent = output;
    byID('check-output').hidden = output === '';
  } catch (error) {
    byID('check-says').textContent = error.status ? error.message : 'The server does not answer. Is bakeoff serve still running?';
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

/** Shows a lesson, and listens to its button. */
export function lesson({title, blocks}) {
  byID('lesson-title').textContent = title;
  byID('lesson-page').replaceChildren(...blocks.map((block, i) => draw(block, i + 1)));
  byID('check').addEventListener('click', run);
  byID('lesson').hidden = false;
  document.body.classList.add('with-lesson');
}
