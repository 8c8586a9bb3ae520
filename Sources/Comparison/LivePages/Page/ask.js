// Asks the server. A question that a newer one overtakes is given up, here and there.

const page = Array.from(crypto.getRandomValues(new Uint32Array(4)), part => part.toString(16)).join('');
const pending = new Map();
let number = 0;

/** What the server says of itself. */
export async function site() { return read(await fetch('site.json')); }

/** The next question's number: from now on, answers to earlier ones are not wanted. */
export function begin() {
  for (const control of pending.values()) control.abort();
  return ++number;
}

/** The answer; nothing where a newer question of its kind was asked meanwhile. */
export async function ask(kind, question, its = number) {
  pending.get(kind)?.abort();
  const control = new AbortController();
  pending.set(kind, control);
  try {
    const answer = await read(await fetch(kind, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({...question, page, number: its}),
      signal: control.signal,
    }));
    return its === number ? answer : undefined;
  } catch (error) {
    if (control.signal.aborted || error.status === 409) return undefined;
    throw error.status ? error : new Error('The server does not answer. Is bakeoff serve still running?');
  } finally {
    if (pending.get(kind) === control) pending.delete(kind);
  }
}

/** What the check of the lesson says, once it has run. */
export async function check() {
  return read(await fetch('check', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'}));
}

async function read(response) {
  const answer = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.error ?? `The server answers ${response.status}.`), {status: response.status});
}
