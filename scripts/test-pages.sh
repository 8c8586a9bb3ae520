#!/usr/bin/env bash
# Tries the page of `bakeoff serve` in a headless Chromium: what is typed is answered, by mouse and by keyboard, in light and
# dark, on a phone's width, fast enough, without a fault that axe-core finds, and without a request to anybody else.
#
#     scripts/test-pages.sh
#
# Installs Chromium by apt-get where none is on the PATH or named by BAKEOFF_BROWSER. axe-core comes out of a Python package
# by pip, unless AXE names a file axe.min.js. The encoder all-MiniLM-L6-v2 is fetched if it is not in the cache.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh
program=${BAKEOFF:-$PWD/.build/release/bakeoff}
top=$PWD
export BAKEOFF_RECIPES=$PWD/datasets PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
serving=()
trap 'kill "${serving[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

find_chromium() {
    browser=${BAKEOFF_BROWSER:-$(command -v chromium chromium-browser google-chrome | head -1 || true)}
}
find_chromium
if [ -z "$browser" ]; then
    step "install chromium" install_packages chromium
    find_chromium
fi
cd "$work"

axe=${AXE:-}
if [ -z "$axe" ]; then
    python3 -m pip download --quiet --no-deps axe-playwright-python==0.1.8
    echo "fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8  axe_playwright_python-0.1.8-py3-none-any.whl" | sha256sum --check --quiet
    python3 -m zipfile -e axe_playwright_python-0.1.8-py3-none-any.whl axe
    axe=$work/axe/axe_playwright_python/axe.min.js
fi

cat > e.yaml <<'YAML'
name: pages
tasks:
  - {name: sentiment, dataset: {recipe: front-desk}}
  - {name: emotions, dataset: {recipe: front-desk-emotions}}
contestants:
  - {id: majority, model: dummy}
  - {id: vader, model: vader, tasks: [sentiment]}
  - {id: words, model: tfidf-logreg}
  - {id: bayes, model: naive-bayes, tasks: [sentiment]}
  - {id: tuned, model: fine-tuned, encoder: all-MiniLM-L6-v2, training: {epochs: 1}, tasks: [sentiment]}
report: {quotes: true, slices: {length: [10, 15, 25], column: [hard, spam]}}
YAML
step "make a run" "$program" run e.yaml

# Starts serving REPORT, with further options, and leaves the address in `address` and the process in `serving`.
serve() { # REPORT OPTION...
    local file=address.${#serving[@]}
    "$program" serve "$@" > "$file" 2> notices &
    serving+=($!)
    for _ in $(seq 200); do
        [ -s "$file" ] && break
        kill -0 $! || { cat notices; exit 1; }
        sleep 0.1
    done
    address=$(cat "$file")
}
serve reports/pages
small=$address
cp -r "$top/labs" .
export BAKEOFF=$program
serve reports/pages --lesson 1-averages
lesson=$address
serve "$top/reports/goemotions"
step "the page in $("$browser" --version)" \
    python3 "$top/Tests/Browser/test_pages.py" "$browser" "$axe" "$small" reports/pages "$address" "$lesson"
for process in "${serving[@]}"; do
    kill -INT "$process"
    wait "$process" || { echo "bakeoff serve did not end well: $?"; exit 1; }
done
serving=()
echo "the page works"
