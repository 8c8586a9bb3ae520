#!/usr/bin/env bash
# The worked answer: the board shows a gain that is larger than what 500 guesses bring.
set -euo pipefail
rm -rf runs/labs/9-ladder/class
bakeoff class create labs/9-ladder/experiment.yaml --output runs/labs/9-ladder/class \
    --key labs/9-ladder/key --public 0.5 --step 4
