#!/usr/bin/env bash
# Shows that 95% intervals cover the truth in 95 ± 1.5% of simulated test sets, and bands of learning curves in 95 ± 2% (and the
# simulation's own error); that the paired tests are wrong in at most 5% of those where there is no difference; and how often the
# t-tests over folds are. Takes an hour; fails when any is not so.
set -euo pipefail
cd "$(dirname "$0")/.."
BAKEOFF_SIMULATIONS=${1:-4000} swift test -c release --disable-xctest --filter SimulationTests
