extension HTMLPage {
    /// Moves the scores and curves of a `ThresholdSlider`, and lets the cells of a matrix open their `ConfusionCells`.
    static let partsScript = """
        const make = (name, attributes, ...children) => {
          const isDrawn = ['svg', 'g', 'rect', 'line', 'polyline', 'text'].includes(name);
          const element = isDrawn ? document.createElementNS('http://www.w3.org/2000/svg', name)
            : document.createElement(name);
          for (const key in attributes) element.setAttribute(key, attributes[key]);
          element.append(...children);
          return element;
        };
        // The true and false positives of each label at each of 101 thresholds.
        const unpack = (text, labels) => {
          const packed = atob(text);
          let at = 0;
          const next = () => {
            let [number, unit, byte] = [0, 1, 0];
            do {
              byte = packed.charCodeAt(at++);
              number += (byte & 127) * unit;
              unit *= 128;
            } while (byte & 128);
            return number % 2 ? -(number + 1) / 2 : number / 2;
          };
          return labels.map(() => {
            const counts = Array(101);
            let [right, wrong] = [0, 0];
            for (let step = 100; step >= 0; step--) counts[step] = [right += next(), wrong += next()];
            return counts;
          });
        };
        const names = ['precision', 'recall', 'F1'];
        const scores = ([right, wrong, have]) => {
          const ratio = (part, whole) => whole ? part / whole : undefined;
          return [ratio(right, right + wrong), ratio(right, have), ratio(2 * right, right + wrong + have)];
        };
        // Four digits; of two that are as near the even one, as elsewhere on the page.
        const digits = score => {
          if (score === undefined) return 'n/a';
          const whole = score.toFixed(60);
          return /^50*$/.test(whole.slice(6)) && whole[5] % 2 === 0 ? whole.slice(0, 6) : score.toFixed(4);
        };
        for (const part of document.querySelectorAll('.slider')) {
          const {labels, support, contestants} = JSON.parse(part.querySelector('script').textContent);
          const input = part.querySelector('input'), output = part.querySelector('output');
          const choice = part.querySelector('select'), status = part.querySelector('[role=status]');
          const rows = [...part.querySelector('tbody').rows];
          const all = contestants.map(contestant => unpack(contestant.counts, labels));
          const chosen = () => choice && choice.value !== '' ? [Number(choice.value)] : labels.map((_, label) => label);
          const at = (contestant, step) => scores(chosen().reduce(
            ([right, wrong, have], label) => {
              const counts = all[contestant][label][step];
              return [right + counts[0], wrong + counts[1], have + support[label]];
            }, [0, 0, 0]));
          const [left, top, width, height] = [34, 8, 200, 120];
          const x = step => left + width * step / 100, y = score => top + height * (1 - score);
          let marks = [], speech = 0;
          const picture = contestant => {
            const curves = Array.from({length: 101}, (_, step) => at(contestant, step));
            const lines = names.flatMap((name, score) => {
              const pieces = [[]];
              curves.forEach((values, step) => {
                if (values[score] === undefined) pieces.push([]);
                else pieces[pieces.length - 1].push(`${x(step).toFixed(1)},${y(values[score]).toFixed(1)}`);
              });
              return pieces.filter(piece => piece.length)
                .map(piece => make('polyline', {class: name, points: piece.join(' ')}));
            });
            const words = (text, x, y, anchor) => make('text', {x, y, 'text-anchor': anchor}, text);
            const mark = make('line', {class: 'mark', y1: top, y2: top + height});
            marks.push(mark);
            const svg = make('svg', {
              role: 'img', viewBox: '0 0 244 152', width: 244, height: 152,
              'aria-label': `Precision, recall and F1 of ${contestants[contestant].id} by threshold`,
            }, make('rect', {x: left, y: top, width, height}), ...lines, mark,
            words('1', left - 5, top + 8, 'end'), words('0', left - 5, top + height, 'end'),
            words('0', left, top + height + 16, 'middle'), words('0.5', x(50), top + height + 16, 'middle'),
            words('1', x(100), top + height + 16, 'middle'));
            return make('figure', {}, svg, make('figcaption', {}, contestants[contestant].id));
          };
          const move = () => {
            const step = Number(input.value), threshold = (step / 100).toFixed(2);
            output.textContent = threshold;
            input.setAttribute('aria-valuetext', threshold);
            for (const mark of marks) for (const end of ['x1', 'x2']) mark.setAttribute(end, x(step));
            const told = contestants.map((contestant, place) => {
              const texts = at(place, step).map(digits);
              texts.forEach((text, score) => { rows[place].cells[score + 1].textContent = text; });
              return `${contestant.id}: ${names.map((name, score) => `${name} ${texts[score]}`).join(', ')}`;
            });
            // Spoken once the slider rests.
            clearTimeout(speech);
            speech = setTimeout(() => { status.textContent = `At ${threshold}. ${told.join('. ')}.`; }, 700);
          };
          const draw = () => {
            marks = [];
            const key = make('p', {class: 'key'}, ...names.map(name => make('span', {},
              make('svg', {width: 34, height: 10, role: 'img', 'aria-label': `Line of ${name}`},
                make('polyline', {class: name, points: '2,5 32,5'})), ` ${name} `)));
            part.querySelector('.curves').replaceChildren(key, ...contestants.map((_, place) => picture(place)));
            move();
          };
          input.addEventListener('input', move);
          if (choice) choice.addEventListener('change', draw);
          for (const control of [input, choice]) if (control) control.disabled = false;
          draw();
        }
        for (const list of document.querySelectorAll('.cells[data-matrix]')) {
          let matrix = list.previousElementSibling;
          while (!matrix.classList.contains('table')) matrix = matrix.previousElementSibling;
          const lines = [...matrix.querySelector('tbody').rows];
          for (const rows of list.querySelectorAll('[data-cell]')) {
            const [gold, given] = rows.dataset.cell.split(' ').map(Number);
            const cell = lines[gold].cells[given + 1], summary = rows.querySelector('summary');
            const button = make('button', {
              type: 'button', title: 'Show the rows', 'aria-label': `${cell.textContent}: show ${summary.textContent}`,
            }, cell.textContent);
            button.addEventListener('click', () => {
              list.open = rows.open = true;
              summary.focus();
              summary.scrollIntoView({block: 'nearest'});
            });
            cell.replaceChildren(button);
          }
        }
        """

    /// Lines are told apart by their dashes, so that no colour is needed.
    static let partsStyle = """
        .slider{margin:1rem 0;padding:.25rem 0}
        .slider .choices,.slider .key{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center}
        .slider .key{flex-basis:100%;max-width:none;margin:0}
        .slider input{flex:1 1 12rem;min-width:8rem;max-width:26rem;accent-color:var(--link)}
        .slider select{font:inherit;max-width:100%;color:var(--ink);background:var(--paper)}
        .slider option{color:var(--ink);background:var(--paper)}
        .slider output{font-variant-numeric:tabular-nums;min-width:3ch}
        .curves rect{fill:none;stroke:var(--rule)}
        .curves text{fill:var(--ink);font-size:11px}
        .curves polyline{fill:none;stroke:var(--ink);stroke-width:1.6}
        .curves .key svg{display:inline-block}
        .curves .precision{stroke-dasharray:6 3}.curves .recall{stroke-dasharray:1.6 3}
        .curves .F1{stroke:var(--link);stroke-width:2.2}
        .curves .mark{stroke:var(--soft);stroke-width:1.5}
        .unseen{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .cells{margin:.75rem 0}.cells .cells,.cells details{margin-left:1rem}
        summary{cursor:pointer;overflow-wrap:anywhere}
        tbody td button{all:unset;cursor:pointer;color:var(--link);text-decoration:underline dotted}
        tbody td button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        """
}
