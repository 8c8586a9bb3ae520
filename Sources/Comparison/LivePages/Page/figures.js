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

/** A score as a dot, its interval as a line, on a scale. Beside them stand the numbers, so it is silent. */
export function span(value, interval, [low, high]) {
  const [width, height, edge] = [96, 12, 4];
  const at = number => (edge + (high > low ? (number - low) / (high - low) : 0.5) * (width - 2 * edge)).toFixed(1);
  const picture = shape('svg', {viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', class: 'span'},
    shape('line', {x1: at(low), x2: at(high), y1: height / 2, y2: height / 2, class: 'grid'}));
  if (interval) {
    picture.append(shape('line', {x1: at(interval.low), x2: at(interval.high), y1: height / 2, y2: height / 2, class: 'line'}));
  }
  picture.append(shape('circle', {cx: at(value), cy: height / 2, r: 3.5, class: 'dot'}));
  return picture;
}

/** Moves the mark of a figure. */
export function moveMark(picture, value) {
  const line = picture.querySelector('.mark');
  line.setAttribute('x1', x(value));
  line.setAttribute('x2', x(value));
}
