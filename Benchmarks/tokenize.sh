#!/usr/bin/env bash
# WordPiece speed beside Hugging Face's tokenizers, in alternation, with a check that the ids are the same.
#
#   Benchmarks/tokenize.sh MODEL TEXTS [options of peers/wordpiece.py]
#
# PYTHON is a Python with tokenizers (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$here/tokenize.sh" >&2
    exit 2
fi
model=$(realpath "$1")
texts=$(realpath "$2")
shift 2
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/wordpiece.py" --program "$programs/TokenizeBench" --model "$model" --texts "$texts" "$@"
