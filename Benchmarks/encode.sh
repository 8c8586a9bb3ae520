#!/usr/bin/env bash
# Encoding speed beside PyTorch and onnxruntime, in alternation, with a check that all sides agree.
#
#   Benchmarks/encode.sh MODEL TEXTS [options of peers/encode.py]
#
# PYTHON is a Python with torch, transformers, onnx and onnxruntime (default: python3).
set -euo pipefail
cd "$(dirname "$0")"
if [ $# -lt 2 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
model=$(realpath "$1")
texts=$(realpath "$2")
shift 2
swift build -c release --product EncodeBench
program=$(swift build -c release --show-bin-path)/EncodeBench
exec "${PYTHON:-python3}" peers/encode.py --program "$program" --model "$model" --texts "$texts" "$@"
