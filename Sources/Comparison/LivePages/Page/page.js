// The page: a sentence, what is done to it, and what comes back.

import {byID, make, toggles, listed} from './dom.js';
import {ask, begin, site} from './ask.js';
import {draw} from './contestants.js';
import {tryouts} from './tryouts.js';
import {listen, show as showPredictions} from './predictions.js';
import {lesson} from './lesson.js';

/** Milliseconds after the last key when what drove the answers is asked, and the answer is spoken. */
const pause = 250, speech = 900;
const editNames = {negate: 'Negate', misspell: 'Misspell', 'upper-case': 'Upper case'};

const state = {site: null, task: 0, dropped: new Set(), edits: new Set(), answers: null, explanations: null};
let timers = [];

const task = () => state.site.tasks[state.task];
const question = () => ({
  task: state.task, text: byID('sentence').value, dropped: [...state.dropped].sort((a, b) => a - b), edits: [...state.edits],
});

/** Something was typed or changed: everything is asked anew. */
async function changed() {
  timers.forEach(clearTimeout);
  const its = begin();
  byID('tried').replaceChildren();
  if (!question().text.trim()) return clear();
  await attempt(async () => {
    const answers = await ask('answers', question(), its);
    if (!answers) return;
    state.answers = answers;
    state.explanations = null;
    show();
    timers = [setTimeout(() => explain(its), pause), setTimeout(speak, speech)];
  });
}

async function explain(its) {
  await attempt(async () => {
    const label = byID('explained').value;
    const explanations = await ask('explanations', label ? {...question(), label} : question(), its);
    if (!explanations) return;
    state.explanations = explanations;
    drawCards();
  });
}

/** Does what may fail, and says so where it does. */
async function attempt(work) {
  try {
    await work();
    byID('problem').textContent = '';
  } catch (error) {
    byID('problem').textContent = error.message;
  }
}

function clear() {
  state.answers = null;
  for (const id of ['changes', 'answers', 'tryouts']) byID(id).hidden = true;
  for (const id of ['agreement', 'problem', 'spoken']) byID(id).textContent = '';
}

function show() {
  for (const id of ['changes', 'answers', 'tryouts']) byID(id).hidden = false;
  byID('agreement').textContent = agreement();
  toggles(byID('words'), state.answers.words, i => state.dropped.has(i), i => toggle(state.dropped, i));
  toggles(byID('edits'), state.site.edits.map(edit => editNames[edit]), i => state.edits.has(state.site.edits[i]),
    i => toggle(state.edits, state.site.edits[i]));
  const isChanged = state.dropped.size + state.edits.size > 0;
  byID('asked').hidden = !isChanged;
  byID('asked').replaceChildren('Asked: ', make('q', {}, state.answers.asked));
  drawCards();
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  changed();
}

function drawCards() {
  if (!state.answers) return;
  draw(byID('contestants'), task(), state.answers, state.explanations,
    {allLabels: byID('all-labels').checked, label: byID('explained').value});
}

/** Who says what, in a line. */
function agreement() {
  const {groups, contestants} = state.answers;
  if (groups.length === 0) return 'No contestant answers.';
  if (groups.length === 1 && groups[0].contestants.length === contestants.length) {
    return contestants.length === 1 ? `It says ${listed(groups[0].labels)}.`
      : `All ${contestants.length} say ${listed(groups[0].labels)}.`;
  }
  return groups.map(group => {
    const who = group.contestants;
    return `${who.length} of ${contestants.length} ${who.length === 1 ? 'says' : 'say'} ${listed(group.labels)}: `
      + `${who.join(', ')}.`;
  }).join(' ');
}

/** For screen readers, once the typing pauses. */
function speak() { byID('spoken').textContent = byID('agreement').textContent; }

async function tryAll() {
  const button = byID('try');
  button.setAttribute('aria-disabled', 'true');
  await attempt(async () => {
    const answer = await ask('tryouts', question());
    if (answer) byID('tried').replaceChildren(...tryouts(answer));
  });
  button.removeAttribute('aria-disabled');
}

function choose(number) {
  state.task = number;
  const labels = task().labels.map(label => make('option', {value: label}, label));
  byID('explained').replaceChildren(make('option', {value: ''}, 'what each contestant says'), ...labels);
  const count = task().contestants.length;
  byID('about').textContent = `${count} ${count === 1 ? 'contestant' : 'contestants'}, ${task().labels.length} labels. `
    + 'Nothing that is typed here leaves this machine.';
  byID('no-models').hidden = count > 0;
  byID('with-models').hidden = count === 0;
  changed();
  attempt(() => showPredictions(number, task()));
}

async function start() {
  state.site = await site();
  document.title = `${state.site.title} · Bakeoff`;
  byID('title').textContent = state.site.title;
  byID('sentence').maxLength = state.site.maxBytes;
  byID('task-choice').hidden = state.site.tasks.length < 2;
  byID('task').append(...state.site.tasks.map((task, i) => make('option', {value: i}, task.name ?? 'task')));
  byID('task').addEventListener('change', () => choose(Number(byID('task').value)));
  byID('sentence').addEventListener('input', () => {
    // Words have other places now.
    state.dropped.clear();
    changed();
  });
  byID('all-labels').addEventListener('change', drawCards);
  byID('explained').addEventListener('change', () => {
    // An encoder tells of one label at a time.
    if (state.answers) explain();
  });
  byID('try').addEventListener('click', tryAll);
  listen();
  if (state.site.lesson) lesson(state.site.lesson);
  choose(0);
}

attempt(start);
