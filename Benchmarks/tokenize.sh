#!/usr/bin/env bash
# WordPiece speed beside Hugging Face's tokenizers, in alternation, with a check that the ids are the same.
#
#   Benchmarks/tokenize.sh MODEL TEXTS [options of peers/wordpiece.py]
#
# PYTHON is a Python with tokenizers (default: python3).
set -euo pipefail
cd "$(dirname "$0")"
if [ $# -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
model=$(realpath "$1")
texts=$(realpath "$2")
shift 2
swift build -c release --product TokenizeBench
program=$(swift build -c release --show-bin-path)/TokenizeBench
exec "${PYTHON:-python3}" peers/wordpiece.py --program "$program" --model "$model" --texts "$texts" "$@"
