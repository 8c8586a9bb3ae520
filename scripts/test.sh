#!/usr/bin/env bash
# Sets up, checks the formatting, builds, and runs every test. Fails on any failure; nothing is skipped in silence.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

setup
step "check the formatting" scripts/format.sh --check
step "build (release)" swift build -c release --build-tests --explicit-target-dependency-import-check error
if [ -z "${BAKEOFF_BROWSER:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
    echo "No Chromium is on the PATH, so the checks of report.html in a browser will be skipped. To run them: apt-get install chromium"
fi
echo "The page of bakeoff serve is tested by scripts/test-pages.sh, which needs a Chromium and a network at first."
echo "The labs' notebooks are run by scripts/test-labs.sh, which needs python3 and a network."
echo "The packages and the Python package are tested by scripts/test-packages.sh, which needs root and a network."
step "tests" swift test -c release --skip-build --disable-xctest
step "a package outside the tree" scripts/outside.sh
for instructions in avx512 avx2 baseline; do
    step "tests of the kernels as a CPU with $instructions runs them" \
        env "BAKEOFF_INSTRUCTIONS=$instructions" \
        swift test -c release --skip-build --disable-xctest --filter 'LinearAlgebraTests|TensorFilesTests|LearnersTests|EncodersTests'
done
