#!/usr/bin/env bash
# Does every contestant that reads the messages give nearly all of them a label, and do its labels mean something?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
same_rows 02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8 \
    e2521fc6f681ce021aa24257688d64fd1424349be271d478fb725e73a481c399
# micro_f1 CONTESTANT: of its stored predictions, label names joined by |.
micro_f1() {
    awk -F, 'NR > 1 {
            n = split($2, gold, "|"); m = split($3, given, "|"); all += n + m
            for (i = 1; i <= n; i++) for (j = 1; j <= m; j++) right += gold[i] == given[j]
        }
        END { printf "%.4f", all ? 2 * right / all : 0 }' "$report/predictions/$1.csv"
}
# The best that one gets without reading: the same labels for every message, the most frequent ones.
guess=$(awk -F, 'NR > 1 { rows++; n = split($2, gold, "|"); all += n; for (i = 1; i <= n; i++) count[gold[i]]++ }
    END {
        while (1) {
            most = ""
            for (label in count) if (most == "" || count[label] > count[most]) most = label
            if (most == "") break
            given += rows; right += count[most]; delete count[most]
            if (2 * right / (all + given) > best) best = 2 * right / (all + given)
        }
        printf "%.4f", best
    }' "$report/predictions/tfidf-lr.csv")
for contestant in tfidf-lr balanced; do
    empty=$(awk -F, 'NR > 1 { rows++; none += $3 == "" } END { printf "%.4f", none / rows }' \
        "$report/predictions/$contestant.csv")
    holds "$contestant leaves at most a tenth of the messages without a label: $empty" "$empty <= 0.1"
    ahead=$(micro_f1 $contestant)
    holds "$contestant has a better micro F1 than the best guess: $ahead, $guess" "$ahead > $guess + 0.02"
done
verdict
