extension HTMLPage {
    /// Light and dark by the reader's choice; wide tables and pictures scroll in themselves, never the page.
    static let style = """
        :root{--paper:#fff;--ink:#1f2328;--soft:#59636e;--rule:#d1d9e0;--tint:#f6f8fa;--link:#0550ae}
        @media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--rule:#3d444d;\
        --tint:#151b23;--link:#58a6ff}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        main,nav{max-width:62rem;margin:0 auto;padding:0 1rem}
        nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:.75rem 0;margin:0;\
        border-bottom:1px solid var(--rule)}
        nav a{display:inline-block;padding:.25rem 0}
        a{color:var(--link)}
        h1{font-size:1.8rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--rule)}
        p,li,h1,h2,h3,td,th{overflow-wrap:anywhere}
        .table,figure,pre{overflow-x:auto;margin:1rem 0;max-width:100%}
        .table td,.table th{overflow-wrap:normal}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .7rem;border:1px solid var(--rule);text-align:left;vertical-align:top;\
        font-weight:normal;min-width:3.5rem;max-width:28rem}
        td code{overflow-wrap:anywhere}
        thead th{background:var(--tint);font-weight:600}
        .n{text-align:right;white-space:nowrap}
        thead button{all:unset;cursor:pointer;font:inherit;text-align:inherit}
        thead button::after{content:" ↕";color:var(--soft)}
        th[aria-sort=ascending] button::after{content:" ↑";color:inherit}
        th[aria-sort=descending] button::after{content:" ↓";color:inherit}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        figure svg{display:block;max-width:100%;min-width:34rem;height:auto}
        figcaption{color:var(--soft);font-size:.875rem;position:sticky;left:0}
        pre{background:var(--tint);padding:.75rem}
        code{font-size:.9em}
        .skip{position:absolute;left:-100rem}.skip:focus{left:1rem}
        @media print{nav,.skip{display:none}.table,figure,pre{overflow:visible;break-inside:avoid}\
        thead button::after{content:none}figure svg{min-width:0}}
        """

    /// A click on a column's name sorts by it: numbers as numbers, what is no number last.
    static let script = """
        for (const table of document.querySelectorAll('table')) {
          const heads = table.querySelectorAll('thead th'), body = table.tBodies[0];
          heads.forEach((head, column) => {
            const button = document.createElement('button');
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener('click', () => {
              const down = head.getAttribute('aria-sort') === 'ascending';
              heads.forEach(h => h.removeAttribute('aria-sort'));
              head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
              const key = row => row.cells[column].textContent.trim();
              const number = text => parseFloat(text.replace(/,/g, ''));
              [...body.rows].sort((a, b) => {
                const x = key(a), y = key(b), i = number(x), j = number(y);
                const order = isNaN(i) && isNaN(j) ? x.localeCompare(y) : isNaN(i) ? 1 : isNaN(j) ? -1
                  : (i - j) * (down ? -1 : 1);
                return isNaN(i) && isNaN(j) && down ? -order : order;
              }).forEach(row => body.append(row));
            });
          });
        }
        """
}
