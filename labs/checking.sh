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

# result KEY...: the value at a path of keys in results.json, which has one key a line, indented by its depth. By its path,
# so that no text of the experiment's own, such as its description, can pass for it.
result() {
    awk -v path="$*" '
        /^ *"[^"]*" : / {
            depth = (match($0, /[^ ]/) - 1) / 2
            line = substr($0, 2 * depth + 2)
            keys[depth] = substr(line, 1, index(line, "\"") - 1)
            for (i = depth + 1; i <= deepest; i++) keys[i] = ""
            if (depth > deepest) deepest = depth
            here = keys[1]
            for (i = 2; i <= depth; i++) here = here " " keys[i]
            if (here != path) next
            value = substr(line, index(line, "\" : ") + 4)
            sub(/,$/, "", value)
            gsub(/^"|"$/, "", value)
            print value
            exit
        }' "$report/results.json"
}

# contestant ID KEY: a fact about a contestant in results.json, such as its model.
contestant() {
    awk -v id="$1" -v key="$2" '
        /^  "/ { inside = /^  "contestants" : / }
        !inside { next }
        /^      "id" : / { here = $0; sub(/^ *"id" : "/, "", here); sub(/",?$/, "", here) }
        here == id && index($0, "      \"" key "\" : ") == 1 {
            value = substr($0, index($0, "\" : ") + 4)
            sub(/,$/, "", value)
            gsub(/^"|"$/, "", value)
            print value
            exit
        }' "$report/results.json"
}

# same_rows DATA SPLIT: the data and the split have the SHA-256 that they had. A score on other rows proves nothing.
same_rows() {
    holds "the messages are those of the lab" "\"$(result dataset sha256)\" == \"$1\""
    holds "the test part is the one that it was" "\"$(result split sha256)\" == \"$2\""
}

# recall CONTESTANT LABEL [THRESHOLD]: the share of the label's test rows that the contestant finds, from its stored
# predictions; with a threshold, from the label's stored probabilities, whatever decided the predictions.
recall() { rates "$1" "$2" "${3:-}" | cut -d ' ' -f 1; }

# precision CONTESTANT LABEL [THRESHOLD]: the share of rows given the label that have it; 0 if none was given it.
precision() { rates "$1" "$2" "${3:-}" | cut -d ' ' -f 2; }

rates() {
    awk -F, -v label="$2" -v threshold="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "p_" label) column = i; next }
        {
            given = threshold == "" ? $3 == label : $column >= threshold + 0
            gold += $2 == label; all += given; right += given && $2 == label
        }
        END { printf "%.4f %.4f\n", gold ? right / gold : 0, all ? right / all : 0 }' "$report/predictions/$1.csv"
}

# mean_probability CONTESTANT LABEL: what it gives the label on average over the test rows.
mean_probability() {
    awk -F, -v label="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "p_" label) column = i; next }
        { sum += $column; n++ }
        END { printf "%.4f", n ? sum / n : 0 }' "$report/predictions/$1.csv"
}
