#!/usr/bin/env bash
# Fine-tuning speed beside PyTorch, in alternation, on the same texts.
#
#   Benchmarks/train.sh MODEL TABLE [options of peers/train.py]
#
# MODEL is a Hugging Face folder, TABLE a TSV without header: text, label numbers joined by commas. PYTHON is a Python
# with torch and transformers (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$here/train.sh" >&2
    exit 2
fi
model=$(realpath "$1")
table=$(realpath "$2")
shift 2
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/train.py" --program "$programs/bakeoff" --bench "$programs/EncodeBench" \
    --model "$model" --table "$table" "$@"
