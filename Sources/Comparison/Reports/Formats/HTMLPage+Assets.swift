extension HTMLPage {
    /// Light and dark by the reader's choice, light on paper. Wide tables scroll in themselves, never the page, and keep
    /// the names of their rows in sight; pictures shrink, and stand side by side where there is room.
    static let style = """
        :root{--paper:#fff;--ink:#1f2328;--soft:#59636e;--rule:#d1d9e0;--tint:#f6f8fa;--link:#0550ae}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;\
        --rule:#3d444d;--tint:#151b23;--link:#58a6ff}}
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
        main,nav{max-width:70rem;margin:0 auto;padding:0 1rem}
        main{padding-bottom:4rem}
        nav ul{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none;padding:.5rem 0;margin:0;\
        border-bottom:1px solid var(--rule);font-size:.875rem}
        nav a{display:inline-block;padding:.25rem 0;text-decoration:none}
        nav a:hover,nav a:focus{text-decoration:underline}
        a{color:var(--link)}
        h1{font-size:1.9rem;line-height:1.2;margin:1.5rem 0 1rem}
        h2{font-size:1.4rem;margin:3rem 0 1rem;padding-bottom:.25rem;border-bottom:1px solid var(--rule)}
        h3{font-size:1.1rem;margin:2rem 0 .75rem}h4{margin:1.5rem 0 .5rem}
        p,li{max-width:46rem}
        p,li,h1,h2,h3,h4{overflow-wrap:anywhere}
        ul{padding-left:1.25rem}
        .table,pre{overflow-x:auto;margin:1rem 0;max-width:100%}
        .hint{color:var(--soft);font-size:.875rem;margin:1rem 0 -.5rem}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9375rem;line-height:1.4}
        th,td{padding:.35rem .6rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;\
        font-weight:normal;min-width:3rem;max-width:30rem;background:var(--paper)}
        td code{overflow-wrap:anywhere}
        tbody th{min-width:7rem}
        thead th{background:var(--tint);font-weight:600;vertical-align:bottom;border-top:1px solid var(--rule)}
        tfoot th,tfoot td{font-style:italic;border-top:1px solid var(--soft)}
        tbody tr:hover>*{background:var(--tint)}
        .t{min-width:16rem}
        .n{text-align:right;white-space:nowrap}
        .pin .k{position:sticky;left:0;white-space:nowrap;z-index:1}
        thead button{all:unset;cursor:pointer;font:inherit;text-align:inherit;white-space:nowrap}
        thead button::after{content:"↕";color:var(--soft);font-weight:normal;margin-left:.25em}
        th[aria-sort=ascending] button::after{content:"↑";color:inherit}
        th[aria-sort=descending] button::after{content:"↓";color:inherit}
        :focus-visible,thead button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        .figures{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1.25rem 0;align-items:flex-start}
        figure{margin:0;max-width:100%}
        figure svg{display:block;max-width:100%;height:auto}
        figcaption{color:var(--soft);font-size:.875rem;max-width:32rem;margin-top:.25rem}
        pre{background:var(--tint);padding:.75rem 1rem}
        code{font-size:.9em}
        .skip{position:absolute;left:-100rem}.skip:focus{left:1rem;background:var(--paper);padding:.5rem}
        @media print{nav,.skip,.hint{display:none}.table,pre{overflow:visible}tr,figure,pre{break-inside:avoid}\
        h2,h3,h4{break-after:avoid}thead button::after{content:none}.pin .k{position:static}body{font-size:11px}}
        """

    /// A press on a column's name sorts by it: columns of numbers by their values, whatever their units, what is no
    /// number last; others by the alphabet.
    ///
    /// Above a table that is wider than the page stands that it scrolls.
    static let script = """
        const hint = table => {
          const isWide = table.scrollWidth > table.clientWidth + 1;
          const before = table.previousElementSibling;
          const has = before && before.classList.contains('hint');
          if (isWide && !has) {
            const line = document.createElement('p');
            line.className = 'hint';
            line.textContent = 'More to the right: scroll sideways →';
            table.before(line);
          } else if (!isWide && has) before.remove();
        };
        const hints = () => document.querySelectorAll('.table').forEach(hint);
        addEventListener('resize', hints);
        const units = {'µs': 1e-6, ms: 1e-3, s: 1, min: 60, B: 1, KiB: 1024, MiB: 1048576, GiB: 1073741824};
        const value = text => {
          const parts = [...text.replace(/,(?=\\d{3})/g, '')
            .matchAll(/([+-]?\\d+(?:\\.\\d+)?)(?: (µs|ms|min|s|B|[KMG]iB)(?![a-z]))?/g)]
            .map(part => [parseFloat(part[1]) * (units[part[2]] ?? 1), part[2]]);
          return parts.length === 0 ? NaN : parts[0][0] + (parts[0][1] === 'min' && parts[1] ? parts[1][0] : 0);
        };
        for (const table of document.querySelectorAll('table')) {
          const heads = table.querySelectorAll('thead th'), body = table.tBodies[0];
          heads.forEach((head, column) => {
            const button = document.createElement('button');
            button.type = 'button';
            button.title = 'Sort';
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener('click', () => {
              const down = head.getAttribute('aria-sort') === 'ascending';
              heads.forEach(h => h.removeAttribute('aria-sort'));
              head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
              const isNumber = head.classList.contains('n');
              const keyed = [...body.rows].map(row => {
                const text = row.cells[column].textContent.trim();
                return {row, text, number: isNumber ? value(text) : NaN};
              });
              keyed.sort((a, b) => isNumber && (isNaN(a.number) || isNaN(b.number))
                ? isNaN(a.number) - isNaN(b.number)
                : (isNumber ? a.number - b.number : a.text.localeCompare(b.text)) * (down ? -1 : 1));
              body.append(...keyed.map(entry => entry.row));
            });
          });
        }
        hints();
        """
}
