#!/usr/bin/env bash
# Does the curve show from how many labels on a model that learns is better than rules that need none?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
same_rows 02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8 \
    234fb953c7c64cb8161cfcf14ba2fb9c0e9cbdda85e19959f7faa33716366d87
for id in vader:vader bayes:naive-bayes logistic:tfidf-logreg; do
    holds "${id%:*} still takes part" "\"$(contestant "${id%:*}" model)\" == \"${id#*:}\""
done
# Of the curve of logistic: how many sizes have a band, the smallest, the largest, the fewest samples of one below all 840
# messages; between which two sizes logistic overtakes vader, and at about how many.
facts=$(awk '
    function text(line) { sub(/^[^:]*: "/, "", line); sub(/",?$/, "", line); return line }
    /^  "/ { inside = /^  "learning_curve" : / }
    !inside { next }
    /^    "/ { bands = $1 == "\"bands\""; crossings = $1 == "\"crossings\"" }
    bands && /" : \[$/ { own = $1 == "\"logistic\"" }
    bands && own && $1 == "\"repeats\"" { repeats = $3 + 0 }
    bands && own && $1 == "\"size\"" {
        size = $3 + 0
        sizes++
        if (!smallest || size < smallest) smallest = size
        if (size > largest) largest = size
        if (size < 840 && (!fewest || repeats < fewest)) fewest = repeats
    }
    crossings && $1 == "\"after\"" { after = $3 + 0 }
    crossings && $1 == "\"before\"" { before = $3 + 0 }
    crossings && $1 == "\"first_overtakes\"" { first_overtakes = $3 ~ /true/ }
    crossings && $1 == "\"rows\"" { rows = $3 + 0 }
    crossings && $1 == "\"first\"" { first = text($0) }
    crossings && $1 == "\"second\"" {
        second = text($0)
        if ((first_overtakes ? first : second) == "logistic" && (first_overtakes ? second : first) == "vader") {
            low = after; high = before; at = rows
        }
    }
    END { printf "%d %d %d %d %d %d %d\n", sizes, smallest, largest, fewest, low, high, at }' "$report/results.json")
read -r sizes smallest largest fewest low high at <<<"$facts"
holds "the curve has bands, which one sample of a size does not give: $sizes sizes with one" "$sizes >= 2"
holds "it begins with the forty messages of the draft, or fewer: $smallest" "$smallest > 0 && $smallest <= 40"
holds "it ends with all 840 messages: $largest" "$largest == 840"
holds "each size is a mean over 5 samples or more: $fewest" "$fewest >= 5"
holds "logistic overtakes vader between two sizes of which one is at most twice the other: $low and $high" \
    "$low > 0 && $high <= 2 * $low"
[ "$failures" -gt 0 ] || echo "  logistic overtakes vader at about $at labels"
verdict
