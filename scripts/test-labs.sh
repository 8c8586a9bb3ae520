#!/usr/bin/env bash
# Runs the notebook of every lab from its first cell to its last, with the fault and with the worked answer.
#
#     scripts/test-labs.sh
#
# Needs python3 with venv and a network, for nbclient and for the encoder of the fifth lab. Works in a copy of the labs, and
# builds the program if BAKEOFF does not name one.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install_client() {
    python3 -m venv "$work/venv" &&
        "$work/venv/bin/python" -m pip install --quiet nbclient==0.11.0 nbformat==5.11.1 ipykernel==7.4.0
}

setup
if [ -z "${BAKEOFF:-}" ]; then
    step "build (release)" swift build -c release --product bakeoff
    BAKEOFF=$PWD/.build/release/bakeoff
fi
export BAKEOFF
step "install what runs notebooks" install_client
cp -r labs datasets "$work"
mkdir -p "$work/.build/release"
ln -s "$BAKEOFF" "$work/.build/release/bakeoff"
cd "$work"
step "get the encoder" "$BAKEOFF" fetch all-MiniLM-L6-v2
step "run the notebooks of the labs" "$work/venv/bin/python" labs/test_notebooks.py
