// Makes elements. What comes from models and texts only ever becomes text.

export const byID = id => document.getElementById(id);

/** An element with properties, and children that are elements or texts. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('aria-') || name === 'role' || name === 'scope') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

/** A table, where its columns have names also with these; each row's first cell is its header. */
export function table(caption, rows, {columns = [], className = ''} = {}) {
  const body = make('table', {className}, make('caption', {className: 'unseen'}, caption));
  if (columns.length) {
    const like = rows[0]?.cells ?? [];
    body.append(make('thead', {}, make('tr', {}, ...columns.map(
      (name, i) => make('th', {scope: 'col', className: like[i]?.className ?? ''}, name)))));
  }
  body.append(make('tbody', {}, ...rows));
  return body;
}

/** A row: its header, then its cells. */
export function row(header, cells, className = '') {
  return make('tr', {className}, make('th', {scope: 'row'}, header), ...cells);
}

/** Buttons that can be pressed in, kept where they are as long as their names stay: the focus does not get lost. */
export function toggles(place, names, pressed, press) {
  const same = place.children.length === names.length
    && names.every((name, i) => place.children[i].textContent === name);
  if (!same) {
    place.replaceChildren(...names.map((name, i) => {
      const button = make('button', {type: 'button'}, name);
      button.addEventListener('click', () => press(i));
      return button;
    }));
  }
  [...place.children].forEach((button, i) => button.setAttribute('aria-pressed', String(pressed(i))));
}

export const listed = names => names.length ? names.join(', ') : 'no label';

/** A number with so many decimals; what lies just between two takes the even one, as where the report was made. */
export function fixed(value, digits) {
  // Just between two are the odd multiples of a power of two alone.
  const isBetween = Math.abs(value * 2 ** (digits + 1) % 2) === 1;
  if (!isBetween) return value.toFixed(digits);
  const below = Math.floor(Math.abs(value) * 10 ** digits);
  const even = below + below % 2;
  return `${value < 0 ? '-' : ''}${(even / 10 ** digits).toFixed(digits)}`;
}

export const percent = value => `${(100 * value).toFixed(1)}%`;

export const signed = (value, digits = 3) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
