// Looks at the reports that stand in iframes of the page that loads this, and writes what is wrong with them into
// <pre id="faults">, a line each. The document of an iframe is laid out at its width, as on a screen of that size.
(() => {
  const faults = [];
  for (const frame of document.querySelectorAll('iframe')) {
    const page = frame.contentDocument, view = frame.contentWindow;
    const fault = (what, element) => faults.push(
      `${frame.title}: ${what}${element ? ': ' + element.outerHTML.slice(0, 120).replace(/\n/g, ' ') : ''}`);
    const all = selector => [...page.querySelectorAll(selector)];

    // Nothing overflows: the page does not scroll sideways, and what is wider has a region of its own to scroll in.
    const width = page.documentElement.clientWidth;
    if (page.scrollingElement.scrollWidth > width) fault(`scrolls sideways at ${width}`);
    for (const element of all('body *:not(.skip)')) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && (box.right > width + 1 || box.left < -1) && !element.closest('.table, pre, svg')) {
        fault(`reaches beyond ${width}`, element);
      }
    }
    for (const svg of all('svg')) {
      const box = svg.getBoundingClientRect();
      for (const text of svg.querySelectorAll('text')) {
        const own = text.getBoundingClientRect();
        if (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1
          || own.bottom > box.bottom + 1) fault(`text leaves its picture at ${width}`, text);
      }
    }

    // What scrolls says so.
    for (const table of all('.table')) {
      const isWide = table.scrollWidth > table.clientWidth + 1;
      const before = table.previousElementSibling;
      const hasHint = Boolean(before && before.classList.contains('hint'));
      if (isWide !== hasHint) fault(isWide ? 'scrolls and does not say so' : 'says that it scrolls', table);
    }

    // Headings in order, one first.
    const levels = all('h1,h2,h3,h4,h5,h6').map(heading => Number(heading.tagName[1]));
    if (levels[0] !== 1 || levels.filter(level => level === 1).length !== 1) fault('not one heading of level 1, first');
    levels.forEach((level, i) => { if (i && level > levels[i - 1] + 1) fault(`heading ${level} after ${levels[i - 1]}`); });

    // Language, title, landmarks, ids, links.
    if (!page.documentElement.lang || !page.title) fault('no language or no title');
    for (const landmark of ['main', 'nav']) if (all(landmark).length !== 1) fault(`not one ${landmark}`);
    const ids = all('[id]').map(element => element.id);
    if (new Set(ids).size !== ids.length) fault('an id stands twice');
    for (const link of all('a[href^="#"]')) if (!page.getElementById(link.hash.slice(1))) fault('leads nowhere', link);
    if (view.performance.getEntriesByType('resource').length) fault('loads something');

    // Names of everything that can be used or seen.
    const name = element => (element.getAttribute('aria-label') || element.textContent).trim();
    for (const control of all('a, button, summary, [tabindex], [role=region], [role=group], nav')) {
      if (!name(control)) fault('has no name', control);
    }
    for (const field of all('input, select')) if (!field.labels.length) fault('has no label', field);
    for (const picture of all('img, svg, [role=img]')) {
      const words = picture.getAttribute('alt') || picture.getAttribute('aria-label');
      if (!words || picture.tagName === 'svg' && picture.getAttribute('role') !== 'img') fault('has no words', picture);
    }
    for (const region of all('.table, pre')) {
      if (region.tabIndex !== 0) fault('scrolls but cannot be reached by keyboard', region);
    }
    const regions = all('[role=region]').map(name);
    if (new Set(regions).size !== regions.length) fault('two regions have the same name');

    // Headers of tables say what they head.
    for (const head of all('thead th')) if (head.scope !== 'col') fault('no scope', head);
    for (const row of all('tbody tr')) {
      const heads = [...row.cells].filter(cell => cell.tagName === 'TH');
      if (heads.length !== 1 || heads[0].scope !== 'row') fault('a row without one header', row);
    }

    // Contrast of every text with what is behind it.
    const parse = text => {
      const parts = text.match(/[\d.]+/g).map(Number);
      return {rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1};
    };
    const over = (top, below, alpha) => top.map((channel, i) => channel * alpha + below[i] * (1 - alpha));
    const luminance = rgb => rgb
      .map(channel => channel / 255)
      .map(channel => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
      .reduce((sum, channel, i) => sum + channel * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = element => {
      for (let at = element; at; at = at.parentElement) {
        const {rgb, alpha} = parse(view.getComputedStyle(at).backgroundColor);
        if (alpha === 1) return rgb;
      }
      return [255, 255, 255];
    };
    const check = (rgb, ground, least, element) => {
      const found = contrast(rgb, ground);
      if (found < least) fault(`contrast ${found.toFixed(2)}`, element);
    };
    let texts = 0;
    const walker = page.createTreeWalker(page.body, view.NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || element.closest('svg, script, style')) continue;
      texts += 1;
      check(parse(view.getComputedStyle(element).color).rgb, behind(element), 4.5, element);
    }
    if (texts < 50) fault(`only ${texts} texts`);
    for (const button of all('thead button')) {
      check(parse(view.getComputedStyle(button, '::after').color).rgb, behind(button), 4.5, button);
    }
    for (const svg of all('svg')) {
      const rects = [...svg.querySelectorAll('rect')];
      const ground = (x, y) => rects.reduce((below, rect) => {
        const box = rect.getBoundingClientRect(), style = view.getComputedStyle(rect);
        const isUnder = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
        return isUnder ? over(parse(style.fill).rgb, below, Number(style.fillOpacity)) : below;
      }, behind(svg));
      for (const text of svg.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        check(
          parse(view.getComputedStyle(text).fill).rgb,
          ground((box.left + box.right) / 2, (box.top + box.bottom) / 2), 4.5, text);
      }
      // Marks are no text: 3 to 1 is enough for them.
      for (const mark of svg.querySelectorAll('circle, path')) {
        check(parse(view.getComputedStyle(mark).fill).rgb, behind(svg), 3, mark);
      }
    }

    // A slider: at its threshold of 0.50 each label has the scores of the report's own tables; at 0.00 every row is given.
    const event = (element, type) => element.dispatchEvent(new view.Event(type));
    const ownScores = id => {
      const heading = all('h3, h4').find(heading => heading.textContent === id);
      let place = heading.nextElementSibling;
      while (!place.classList.contains('table')) place = place.nextElementSibling;
      const columns = [...place.querySelectorAll('thead th')].map(head => head.textContent);
      return new Map([...place.querySelectorAll('tbody tr')].map(row => [row.cells[0].textContent,
        ['precision', 'recall', 'F1'].map(column => row.cells[columns.indexOf(column)].textContent)]));
    };
    for (const slider of all('.slider')) {
      const input = slider.querySelector('input'), select = slider.querySelector('select');
      const lines = () => [...slider.querySelectorAll('tbody tr')].map(row => [...row.cells].map(cell => cell.textContent));
      if (input.disabled || select && select.disabled) fault('the slider does not move', input);
      input.focus();
      if (page.activeElement !== input) fault('cannot be reached by keyboard', input);
      const set = step => { input.value = step; event(input, 'input'); };
      const label = value => { select.value = value; event(select, 'change'); };
      const contestants = lines().map(line => line[0]);
      if (slider.querySelectorAll('.curves figure').length !== contestants.length) fault('a contestant has no curves', slider);
      set(50);
      const labels = select ? [...select.options].filter(option => option.value !== '') : [null];
      for (const option of labels) {
        if (option) label(option.value);
        for (const line of lines()) {
          const own = ownScores(line[0]);
          const expected = option ? own.get(option.textContent) : [...own.values()][1];
          if (line.slice(1).join() !== expected.join()) {
            fault(`the slider says ${line.join()} of ${option ? option.textContent : 'the positive label'}, the table ${expected.join()}`);
          }
        }
      }
      if (select) label('');
      const before = lines();
      let recalls = contestants.map(() => 1);
      for (const step of [0, 25, 50, 75, 100]) {
        set(step);
        if (slider.querySelector('output').textContent !== (step / 100).toFixed(2)) fault('the output is late', input);
        if (input.getAttribute('aria-valuetext') !== (step / 100).toFixed(2)) fault('the slider does not say where it is', input);
        const now = lines().map(line => Number(line[2]));
        if (step === 0 && now.some(recall => recall !== 1)) fault('not every row is found at 0.00', slider);
        if (now.some((recall, i) => recall > recalls[i] && step !== 50)) fault(`recall rises at ${step}`, slider);
        recalls = now;
      }
      set(50);
      if (lines().join() !== before.join()) fault('the slider does not come back', slider);
    }

    // Confusions: each opens its rows, and the cells of a matrix open theirs.
    for (const list of all('.cells')) {
      const items = [...list.querySelectorAll('[data-cell]')];
      let [sum, isCut] = [0, / most frequent of /.test(list.querySelector('summary').textContent)];
      for (const item of items) {
        const text = item.querySelector('summary').textContent;
        const count = Number(text.match(/: ([\d,]+) rows?/)[1].replaceAll(',', ''));
        sum += count;
        const shown = item.querySelectorAll('li').length;
        if (shown === 0 || shown > count || shown < count && !text.includes(`the first ${shown}`)) {
          fault(`${shown} rows shown of ${count}`, item);
        }
      }
      if (!list.hasAttribute('data-matrix')) continue;
      let matrix = list.previousElementSibling;
      while (!matrix.classList.contains('table')) matrix = matrix.previousElementSibling;
      const cells = [...matrix.querySelectorAll('tbody tr')].flatMap((row, gold) =>
        [...row.cells].slice(1).filter((_, given) => given !== gold).map(cell => Number(cell.textContent.replaceAll(',', ''))));
      if (!isCut && cells.reduce((all, cell) => all + cell, 0) !== sum) fault('the rows are not those of the matrix', list);
      const buttons = [...matrix.querySelectorAll('tbody button')];
      if (buttons.length !== items.length) fault('a confusion cannot be opened', matrix);
      for (const button of buttons) {
        for (const open of [list, ...items]) open.open = false;
        button.click();
        const opened = items.filter(item => item.open);
        if (!list.open || opened.length !== 1 || !opened[0].contains(page.activeElement)) fault('opens nothing', button);
        else if (!button.getAttribute('aria-label').startsWith(`${button.textContent}: show `)
          || !opened[0].querySelector('summary').textContent.includes(`: ${button.textContent} row`)) {
          fault('opens other rows', button);
        }
      }
      for (const open of [list, ...items]) open.open = false;
    }

    // Sorting, by a press on each column's name: upwards, then downwards, all rows kept, empty values last.
    const seconds = {'µs': 1e-6, ms: 1e-3, s: 1};
    const number = text => {
      const minutes = text.match(/^(\d+) min (\d+) s$/);
      if (minutes) return 60 * minutes[1] + Number(minutes[2]);
      const sizes = text.match(/^([\d.]+) (B|KiB|MiB)$/);
      if (sizes) return sizes[1] * {B: 1, KiB: 1024, MiB: 1048576}[sizes[2]];
      const times = text.match(/^([\d.]+) (µs|ms|s)$/);
      if (times) return times[1] * seconds[times[2]];
      return parseFloat(text.replace(/,(?=\d{3})/g, '').replace(/^[[<] ?/, ''));
    };
    let sorted = 0;
    for (const table of all('table')) {
      for (const [column, head] of [...table.querySelectorAll('thead th')].entries()) {
        const button = head.querySelector('button');
        if (!button) { fault('cannot be sorted', head); continue; }
        button.focus();
        if (page.activeElement !== button || button.tabIndex < 0) fault('cannot be reached by keyboard', button);
        const cells = () => [...table.tBodies[0].rows].map(row => row.cells[column].textContent.trim());
        const before = cells();
        for (const direction of ['ascending', 'descending']) {
          button.click();
          if (head.getAttribute('aria-sort') !== direction) fault(`not ${direction}`, head);
          if (table.querySelectorAll('[aria-sort]').length !== 1) fault('two columns say that they are sorted', table);
          const now = cells();
          if ([...now].sort().join('\0') !== [...before].sort().join('\0')) fault('rows are lost', head);
          const sign = direction === 'ascending' ? 1 : -1;
          const isNumber = head.classList.contains('n');
          const keys = now.map(text => isNumber ? number(text) : text);
          for (let i = 1; i < keys.length; i++) {
            const isWrong = !isNumber ? sign * keys[i - 1].localeCompare(keys[i]) > 0
              : Number.isNaN(keys[i - 1]) ? !Number.isNaN(keys[i]) : sign * (keys[i - 1] - keys[i]) > 1e-12;
            if (isWrong) { fault(`${direction}: '${now[i - 1]}' before '${now[i]}'`, head); break; }
          }
          sorted += 1;
        }
      }
    }
    if (sorted < 20) fault(`only ${sorted} sorts`);
  }
  const result = document.createElement('pre');
  result.id = 'faults';
  result.textContent = document.querySelectorAll('iframe').length === 0 ? 'no report' : faults.join('\n');
  document.body.replaceChildren(result);
})();
