#!/usr/bin/env bash
# Shows that 95% intervals cover the truth in 95 ± 1.5% of simulated test sets, and that the paired tests are wrong in at
# most 5% of those where there is no difference. Takes some minutes; fails when either is not so.
set -euo pipefail
cd "$(dirname "$0")/.."
BAKEOFF_SIMULATIONS=${1:-4000} swift test -c release --disable-xctest --filter SimulationTests
