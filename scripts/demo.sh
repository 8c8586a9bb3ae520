#!/usr/bin/env bash
# Builds Bakeoff, fetches the ICWSM-14 tweets, compares the contestants of experiments/tweets-sentiment.yaml on them
# and prints where the report is. Without the package index it compares on the front-desk corpus instead.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

setup
step "build (release)" swift build -c release --product bakeoff
bakeoff=$(swift build -c release --show-bin-path)/bakeoff

experiment=tweets-sentiment
if ! { step "fetch the ICWSM-14 tweets" "$bakeoff" fetch icwsm14-tweets &&
    step "fetch the encoder" "$bakeoff" fetch all-MiniLM-L6-v2; }; then
    echo "The tweets or the encoder could not be fetched (see above), so the front-desk corpus, which needs no download, is used."
    experiment=front-desk
fi

# The report goes where git does not look; that in reports/ stays as it was committed.
step "main job: run experiments/$experiment.yaml" "$bakeoff" run "experiments/$experiment.yaml" \
    --output "runs/demo/$experiment" --models "runs/demo/models/$experiment"
echo
echo "The report is runs/demo/$experiment/README.md"
