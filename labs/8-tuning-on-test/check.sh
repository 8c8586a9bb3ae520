#!/usr/bin/env bash
# Is what was tuned scored on messages that nothing was chosen on?
set -euo pipefail
source "$(dirname "$0")/../checking.sh"

run_experiment
# rows FILE: the id and the labels of each row of stored predictions, without the name of the part.
rows() { awk -F, 'NR > 1 { sub(/^.*\//, "", $1); print $1 "," $2 }' "$1" | LC_ALL=C sort; }
predictions=$report/predictions
holds "the test part is the one that it was" \
    "\"$(rows "$predictions/tuned.csv" | sha256sum | cut -d ' ' -f 1)\" == \"906e06c8cbbba5dcc424b5e38513e5ea2994f5629241219dbcd45a0756642d1e\""
settings=$(contestant tuned summary | sed -n 's/^best of \([0-9]*\) settings .* on validation.*/\1/p')
holds "tuned is still chosen among at least 36 settings: ${settings:-0}" "${settings:-0} >= 36"
thresholds=$(awk '/^      "id" : "tuned"/ { inside = 1 } inside && /^      "thresholds" : \[/ { values = 1; next }
    values && /\]/ { exit } values { different[$1 + 0] } END { for (t in different) n++; print n + 0 }' "$report/results.json")
holds "the emotions still have thresholds of their own: $thresholds different ones" "$thresholds > 1"
both=0
if [ -f "$predictions/tuned.validation.csv" ]; then
    both=$(comm -12 <(rows "$predictions/tuned.csv") <(rows "$predictions/tuned.validation.csv") | wc -l)
fi
holds "no test message is in validation too: $both are" "$both == 0"
verdict
