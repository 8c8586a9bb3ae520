// Line figures, in SVG.

const space = 'http://www.w3.org/2000/svg';
const [width, height] = [420, 260];
const [left, right, top, bottom] = [36, 8, 8, 34];

const x = value => left + value * (width - left - right);
const y = value => height - bottom - value * (height - top - bottom);

function shape(name, attributes, ...children) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A figure with both axes from 0 to 1. Lines: name, class and points; a mark is a vertical line. */
export function figure(words, {lines, dots = [], mark, across, up}) {
  const picture = shape('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': words, class: 'figure'});
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    picture.append(
      shape('line', {x1: x(0), x2: x(1), y1: y(tick), y2: y(tick), class: 'grid'}),
      shape('text', {x: left - 6, y: y(tick) + 4, 'text-anchor': 'end'}, tick),
      shape('text', {x: x(tick), y: height - bottom + 16, 'text-anchor': 'middle'}, tick));
  }
  picture.append(
    shape('text', {x: x(0.5), y: height - 3, 'text-anchor': 'middle'}, across),
    shape('text', {x: x(0) + 4, y: y(1) + 12}, up));
  for (const line of lines) {
    const points = line.points.filter(point => point[1] !== undefined);
    picture.append(shape('polyline', {
      points: points.map(point => `${x(point[0]).toFixed(1)},${y(point[1]).toFixed(1)}`).join(' '), class: `line ${line.className}`,
    }));
  }
  for (const [across, up, size] of dots) picture.append(shape('circle', {cx: x(across), cy: y(up), r: size, class: 'dot'}));
  if (mark !== undefined) picture.append(shape('line', {x1: x(mark), x2: x(mark), y1: y(0), y2: y(1), class: 'mark'}));
  return picture;
}

/** Moves the mark of a figure. */
export function moveMark(picture, value) {
  const line = picture.querySelector('.mark');
  line.setAttribute('x1', x(value));
  line.setAttribute('x2', x(value));
}
