# Sourced by the check of every lab: finds the program, runs the lab's experiment, and says what holds and what does
# not. A check exits with 0 if the fault is gone, 1 if it is still there, 2 if it could not tell.

lab=$(basename "$(cd "$(dirname "$0")" && pwd)")
experiment=${1:-$(dirname "$0")/experiment.yaml}
# The contestants' artifacts go where git does not look.
report=runs/labs/$lab/report
models=runs/labs/$lab/models
failures=0

# $BAKEOFF, the built program of this checkout, or the one on the PATH.
program=${BAKEOFF:-$(dirname "$0")/../../.build/release/bakeoff}
[ -x "$program" ] || program=$(type -P bakeoff) || {
    echo "bakeoff is not built: swift build -c release --product bakeoff" >&2
    exit 2
}
bakeoff() { "$program" "$@"; }

run_experiment() {
    echo "running $experiment ..."
    local notices
    # --force: the split of an earlier try would be kept otherwise, or be an error.
    notices=$(bakeoff run "$experiment" --output "$report" --models "$models" --force 2>&1 >/dev/null) || {
        echo "$notices" >&2
        exit 2
    }
}

# holds WORDS TEST...: says whether the test, a condition in awk, is true.
holds() {
    if awk "BEGIN { exit !($2) }"; then
        echo "  ok       $1"
    else
        echo "  NOT YET  $1"
        failures=$((failures + 1))
    fi
}

verdict() {
    if [ "$failures" -eq 0 ]; then
        echo "The fault is fixed. The report is $report/README.md"
    else
        echo "The fault is still there. Read the page again, and the report: $report/README.md"
        exit 1
    fi
}

# recall CONTESTANT LABEL: the share of the label's test rows that the contestant finds, from its stored predictions.
recall() {
    awk -F, -v label="$2" 'NR > 1 && $2 == label { gold++; found += $3 == label }
        END { printf "%.4f", gold ? found / gold : 0 }' "$report/predictions/$1.csv"
}

# precision CONTESTANT LABEL: the share of rows given the label that have it; 0 if none was given it.
precision() {
    awk -F, -v label="$2" 'NR > 1 && $3 == label { given++; right += $2 == label }
        END { printf "%.4f", given ? right / given : 0 }' "$report/predictions/$1.csv"
}
