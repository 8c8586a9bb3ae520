#!/usr/bin/env bash
# Whether the losses of a training differ from those in float64 by no more than PyTorch's in float32 do.
#
#   Benchmarks/rounding.sh [options of peers/rounding.py]
#
# PYTHON is a Python with torch and transformers (default: python3).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/programs.sh"
exec "${PYTHON:-python3}" "$here/peers/rounding.py" --program "$programs/bakeoff" "$@"
