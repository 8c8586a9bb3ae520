#!/usr/bin/env bash
# Did the training change the encoder, so that the same text now has another vector, and did it learn something?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
same_rows 02c99ad44c08ef634b837697b6acebda45a31d44b8dbcdd1cb246844d42105b8 \
    3ee2a3d4e2009afaa2830fc9e8d0a06ba966d8ee37b92e7c27c6804afe7b64c0
for id in frozen:frozen-encoder finetuned:fine-tuned; do
    holds "${id%:*} is still compared" "\"$(contestant "${id%:*}" model)\" == \"${id#*:}\""
done
# A summary begins with the encoder's name, as the experiment gives it.
encoder=$(contestant finetuned summary)
encoder=${encoder%%,*}
same=$(contestant frozen summary)
holds "both have the same encoder: $encoder" "\"$encoder\" == \"${same%%,*}\""
[ -d "$(dirname "$experiment")/$encoder" ] && encoder=$(dirname "$experiment")/$encoder
# Letters, which even a toy vocabulary has.
text="a b c"
bakeoff embed --model "$encoder" --output "$report/before.npy" <<<"$text"
bakeoff embed --model "$models/finetuned" --output "$report/after.npy" <<<"$text"
# vector FILE: its numbers, one a line; a NumPy file tells in two bytes how long its header is.
vector() { od -An -v -t f4 -j $((10 + $(od -An -t u2 -j 8 -N 2 "$1"))) "$1" | tr -s ' ' '\n' | sed '/^$/d'; }
change=$(paste <(vector "$report/before.npy") <(vector "$report/after.npy") |
    awk '{ d += ($1 - $2) ^ 2; n += $1 ^ 2 } END { printf "%.6f", n ? sqrt(d / n) : 0 }')
holds "the vector of a text moved by more than a hundredth of its length: $change" "$change > 0.01"
fall=$(awk 'match($0, /"loss": [0-9.e+-]+/) { loss[n++] = substr($0, RSTART + 8, RLENGTH - 8) }
    END {
        tenth = int(n / 10) + (n < 10)
        for (i = 0; i < tenth; i++) { first += loss[i]; last += loss[n - 1 - i] }
        printf "%.4f", first ? 1 - last / first : 0
    }' "$report/logs/finetuned.jsonl")
holds "the loss of the last tenth of the steps is lower than that of the first by a twentieth: $fall" "$fall >= 0.05"
verdict
