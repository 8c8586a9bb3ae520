# Sourced by the scripts here: builds the programs that are measured, `bakeoff` itself among them, all in this package's
# build folder so that the parent is built once, and names the folder in `programs`. BENCH_PROGRAMS names a folder of
# programs that are built already.
if [ -n "${BENCH_PROGRAMS:-}" ]; then
    programs=$(realpath "$BENCH_PROGRAMS")
else
    package=$(dirname "${BASH_SOURCE[0]}")
    swift build --package-path "$package" -c release >&2 &&
        swift build --package-path "$package" -c release --product bakeoff >&2 || return 1
    programs=$(swift build --package-path "$package" -c release --show-bin-path)
fi
