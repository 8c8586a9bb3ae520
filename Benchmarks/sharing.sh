#!/usr/bin/env bash
# What sharing a run costs: 200 work items (10 contestants, 20 seeds) by four processes of one thread each. The work is the
# processor time that the items took, as their records say: fitting, and the rest of executing them by one process alone.
# Prints the processor time of four processes beside that of one, and the share that is not work.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${BAKEOFF:-$PWD/.build/release/bakeoff}
export BAKEOFF_RECIPES=$PWD/datasets
rows=${1:-5000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Texts of 20 words of a Zipf-like vocabulary, which tell the label now and then.
awk -v rows="$rows" 'BEGIN {
    srand(1); print "text,label"
    for (row = 0; row < rows; row++) {
        label = row % 4; text = ""
        for (word = 0; word < 20; word++) text = text " w" int(20000 ^ rand())
        if (rand() < 0.7) text = text " topic" label
        print text "," "abcd" label
    }
}' > data.csv
{
    printf 'name: sharing\ndataset: {file: data.csv, labels: {column: label}}\nreport: {analysis: false}\ncontestants:\n'
    for c in 0.1 0.2 0.5 1 2 5 10 20 50 100; do
        printf -- '  - {id: lr-%s, model: tfidf-logreg, tfidf: {ngram-range: [1, 2]}, logistic: {C: %s}}\n' $c $c
    done
} > e.yaml

# Seconds on the clock, and of processors.
measure() { # NAME COMMAND...
    local name=$1
    shift
    TIMEFORMAT="%R %U %S"
    { time "$@" > /dev/null 2> "$name.err"; } 2> "$name.time"
    awk -v name="$name" '{ printf "%s: %.1f s on the clock, %.1f s of processors\n", name, $1, $2 + $3 }' "$name.time"
}
one() { "$program" run e.yaml --seeds 20 --threads 1 --output one --models one-models; }
four() {
    local p=()
    for _ in 1 2 3 4; do
        "$program" run e.yaml --seeds 20 --threads 1 --output four --models four-models & p+=($!)
    done
    wait "${p[@]}"
}
measure one one
measure four four
items=$(cat four.err | grep -c ': fitting$')
[ "$items" = 200 ] || { echo "$items items were fitted, expected 200" >&2; exit 1; }
for seed in '' seeds/43/ seeds/61/; do
    for file in split.csv predictions/lr-1.csv predictions/lr-100.csv; do
        cmp "one/$seed$file" "four/$seed$file"
    done
done
awk '{ print $2 + $3 }' one.time four.time | tr '\n' ' ' |
    awk '{ printf "sharing by four: %.1f%% more processor time than by one\n", 100 * ($2 / $1 - 1) }'
