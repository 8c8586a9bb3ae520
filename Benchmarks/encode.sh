#!/usr/bin/env bash
# Encoding speed beside PyTorch and onnxruntime in each precision, in alternation, with a check that all sides agree.
#
#   Benchmarks/encode.sh MODEL TEXTS [options of peers/encode.py]
#
# PYTHON is a Python with torch, transformers, onnx and onnxruntime (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$here/encode.sh" >&2
    exit 2
fi
model=$(realpath "$1")
texts=$(realpath "$2")
shift 2
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/encode.py" --program "$programs/EncodeBench" --model "$model" --texts "$texts" "$@"
