#!/usr/bin/env bash
# Makes the class. The step is small, so that the board shows every gain.
set -euo pipefail
rm -rf runs/labs/9-ladder/class
bakeoff class create labs/9-ladder/experiment.yaml --output runs/labs/9-ladder/class \
    --key labs/9-ladder/key --public 0.5 --step 0.01
