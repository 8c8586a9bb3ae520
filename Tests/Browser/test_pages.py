"""Checks the page of `bakeoff serve` in a Chromium: typing, try-outs, keyboard, accessibility, speed, and that no request
leaves the machine.

    test_pages.py CHROMIUM AXE URL

AXE is a file axe.min.js; URL is what `bakeoff serve` printed, of the run that scripts/test-pages.sh makes.
"""

import json
import sys
import urllib.parse

from browser import Browser

SENTENCE = "The room was lovely but the breakfast was awful!"
# Milliseconds from a key to what all contestants answer, in 95 of 100 cases.
MAX_ANSWER = 60


def main(chromium, axe, url):
    with open(axe, encoding="utf-8") as file:
        axe = file.read()
    browser = Browser(chromium)
    try:
        for check in [typing, words_and_edits, every_change, explanations, tasks, keyboard, empty_again, speed]:
            browser.size(1280)
            browser.open(url)
            browser.wait("document.getElementById('title').textContent === 'pages'")
            check(browser)
            nothing_went_wrong(browser, url)
            print(f"{check.__name__}: passed", flush=True)
        for scheme in ["light", "dark"]:
            for width in [360, 1280]:
                accessible(browser, url, axe, scheme, width)
                nothing_went_wrong(browser, url)
                print(f"accessible, {scheme}, {width} pixels: passed", flush=True)
    finally:
        browser.close()


def nothing_went_wrong(browser, url):
    """No message on the console, nothing refused by the policy, no request to anybody else."""
    host = urllib.parse.urlsplit(url).netloc
    for event in browser.drain():
        method, details = event["method"], event["params"]
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            # A question that was overtaken is told as failed.
            if "409" in json.dumps(details) or "/answers" in details.get("entry", {}).get("url", ""):
                continue
            raise AssertionError(f"the console says: {json.dumps(details)[:500]}")
        if method == "Network.requestWillBeSent":
            there = urllib.parse.urlsplit(details["request"]["url"])
            if there.netloc != host and there.scheme != "about":
                raise AssertionError(f"a request to {there.geturl()}")


def ask(browser, text):
    """Types a sentence, and waits until what drove the answers stands there too."""
    browser.run("document.getElementById('sentence').focus()")
    browser.type(text)
    browser.wait(f"document.querySelectorAll('#contestants .explanation').length > 0 && "
                 f"[...document.querySelectorAll('#words button')].map(b => b.textContent).join(' ') === {json.dumps(text)}")


def texts(browser, selector):
    return browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)")


def typing(browser):
    ask(browser, SENTENCE)
    ids = texts(browser, "article h3")
    assert len(ids) == 5 and "vader" in ids and "tuned" in ids, ids
    assert all(" " in text for text in texts(browser, ".says"))
    agreement = texts(browser, "#agreement")[0]
    assert "say" in agreement, agreement
    # Bars are as long as the numbers beside them.
    wrong = browser.run("""[...document.querySelectorAll('article .bars:first-of-type tr')].filter(row => {
      const fill = row.querySelector('.fill'), number = row.querySelector('.number');
      if (!fill || number.textContent.includes('−') || number.textContent.includes('+')) return false;
      const share = 100 * parseFloat(fill.style.width) / 100;
      return Math.abs(share - parseFloat(number.textContent)) > 0.06;
    }).length""")
    assert wrong == 0
    browser.wait("document.getElementById('spoken').textContent === document.getElementById('agreement').textContent")


def words_and_edits(browser):
    ask(browser, "The room was lovely")
    browser.run("document.querySelectorAll('#words button')[3].click()")
    browser.wait("document.querySelector('#asked q')?.textContent === 'The room was'")
    vader = "[...document.querySelectorAll('article')].find(a => a.querySelector('h3').textContent === 'vader')"
    browser.wait(f"{vader}.querySelector('.flips').textContent === 'flipped from positive'")
    pressed = browser.run("[...document.querySelectorAll('#words button')].map(b => b.getAttribute('aria-pressed'))")
    assert pressed == ["false", "false", "false", "true"], pressed
    browser.run("document.querySelectorAll('#words button')[3].click()")
    browser.wait("document.getElementById('asked').hidden")
    names = texts(browser, "#edits button")
    assert names == ["Negate", "Misspell", "Upper case"], names
    browser.run("document.querySelectorAll('#edits button')[0].click()")
    browser.wait("document.querySelector('#asked q').textContent === 'The room was not lovely'")
    browser.wait(f"{vader}.querySelector('.flips').textContent === 'flipped from positive'")
    browser.run("document.querySelectorAll('#edits button')[2].click()")
    browser.wait("document.querySelector('#asked q').textContent === 'THE ROOM WAS NOT LOVELY'")


def every_change(browser):
    ask(browser, "The room was lovely")
    browser.run("document.getElementById('try').click()")
    browser.wait("document.querySelectorAll('#tried tbody tr').length === 7")
    assert texts(browser, "#tried tbody th")[3:] == [f"without “{word}”" for word in ["The", "room", "was", "lovely"]]
    assert len(texts(browser, "#tried thead th")) == 6
    assert "→" in texts(browser, "#tried tbody tr")[6]
    # They go as soon as the sentence is another one.
    browser.run("document.getElementById('sentence').focus()")
    browser.type("!")
    browser.wait("document.querySelectorAll('#tried tr').length === 0")


def explanations(browser):
    ask(browser, SENTENCE)
    cards = dict(zip(texts(browser, "article h3"), texts(browser, "article .explanation")))
    assert "lovely" in cards["vader"] and "but" in cards["vader"] and "compound" in cards["vader"], cards["vader"]
    assert "What speaks for" in cards["words"] and "bias" in cards["words"], cards["words"]
    browser.run("""(() => { const select = document.getElementById('explained');
      select.value = 'neutral'; select.dispatchEvent(new Event('change')); })()""")
    browser.wait("[...document.querySelectorAll('h4')].some(h => h.textContent === 'What speaks for neutral')")


def tasks(browser):
    options = texts(browser, "#task option")
    assert options == ["sentiment", "emotions"], options
    browser.run("document.getElementById('task').focus()")
    browser.press("ArrowDown")
    browser.wait("document.getElementById('about').textContent.includes('2 contestants')")
    ask(browser, SENTENCE)
    # Several labels: each has its threshold, and those above it are given.
    wrong = browser.run("""[...document.querySelectorAll('article')].flatMap(card =>
      [...card.querySelector('.bars').querySelectorAll('tbody tr')].filter(row => {
        const numbers = row.querySelector('.number').textContent.match(/[\\d.]+/g).map(Number);
        return numbers.length !== 2 || numbers[0] !== numbers[1]
          && (numbers[0] > numbers[1]) !== row.classList.contains('given') || !row.querySelector('.threshold');
      })).length""")
    assert wrong == 0
    few = len(texts(browser, "article .bars tr"))
    browser.run("document.getElementById('all-labels').click()")
    assert len(texts(browser, "article .bars tr")) > few


def keyboard(browser):
    """All of it without a mouse: the focus goes through every control in order, and stays where a key was pressed."""
    ask(browser, "The room was lovely")
    seen = []
    for _ in range(12):
        browser.press("Tab")
        seen.append(browser.run(
            "document.activeElement.id || document.activeElement.textContent"))
        if seen[-1] == "lovely":
            browser.press(" ", "Space", " ")
            browser.wait("document.querySelector('#asked q')?.textContent === 'The room was'")
            assert browser.run("document.activeElement.textContent") == "lovely"
            browser.press("Enter", text="\r")
            browser.wait("document.getElementById('asked').hidden")
    expected = ["The", "room", "was", "lovely", "Negate", "Misspell", "Upper case", "all-labels", "explained", "try"]
    assert seen[:len(expected)] == expected, seen


def empty_again(browser):
    ask(browser, "hi")
    browser.run("""(() => { const field = document.getElementById('sentence');
      field.value = ' '; field.dispatchEvent(new Event('input')); })()""")
    browser.wait("document.getElementById('answers').hidden && document.getElementById('changes').hidden")
    # Longer than the server takes: it says so, and goes on.
    browser.run("""(() => { const field = document.getElementById('sentence');
      field.value = 'ä'.repeat(11000); field.dispatchEvent(new Event('input')); })()""")
    browser.wait("document.getElementById('problem').textContent.includes('20000 bytes')")
    browser.drain()
    browser.run("""(() => { const field = document.getElementById('sentence');
      field.value = ''; field.dispatchEvent(new Event('input')); })()""")
    browser.wait("document.getElementById('problem').textContent === ''")


def speed(browser):
    """From a key to the cards with the answer, as long as the next key waits for them."""
    times = browser.run("""(async () => {
      const field = document.getElementById('sentence'), cards = document.getElementById('contestants');
      const times = [];
      const text = 'We waited for an hour at the reception, the room smelled of smoke and nobody ever said sorry for it';
      for (let end = 1; end <= text.length; end++) {
        field.value = text.slice(0, end);
        const drawn = new Promise(done => {
          const watch = new MutationObserver(() => { watch.disconnect(); done(); });
          watch.observe(cards, {childList: true});
        });
        const start = performance.now();
        field.dispatchEvent(new Event('input'));
        await drawn;
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b);
    })()""")
    middle, late = times[len(times) // 2], times[int(0.95 * len(times))]
    print(f"five contestants answer in {middle:.1f} ms, in 95 of 100 cases in at most {late:.1f} ms")
    assert late < MAX_ANSWER, late


def accessible(browser, url, axe, scheme, width):
    browser.scheme(scheme)
    browser.size(width, phone=width < 500)
    browser.open(url)
    browser.wait("document.getElementById('title').textContent === 'pages'")
    ask(browser, SENTENCE)
    browser.run("document.querySelectorAll('#words button')[3].click()")
    browser.wait("document.querySelector('.flips')")
    browser.run("document.getElementById('try').click()")
    browser.wait("document.querySelectorAll('#tried tbody tr').length > 5")
    wide = browser.run("document.scrollingElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"the page scrolls sideways at {width}"
    browser.run(axe + "; 1")
    found = browser.run("""axe.run(document, {resultTypes: ['violations']}).then(result => ({
      rules: result.passes.length,
      violations: result.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' ').slice(0, 400)}`)
    }))""")
    assert found["violations"] == [], found["violations"]
    assert found["rules"] > 15, found["rules"]


if __name__ == "__main__":
    main(*sys.argv[1:])
