# To be sourced. run_bytes DIR: a line for each file of a run whose bytes are the same whoever makes it, on one machine or on
# many, with its digest; of results.json all but the times counts.
run_bytes() {
    (cd "$1" && find . -type f ! -path './.*' \
        \( -path '*/predictions/*' -o -name 'split.*' -o -name '*per-label*' -o -name errors.csv \) \
        -exec sha256sum {} + | LC_ALL=C sort -k 2
    find . -name results.json | LC_ALL=C sort | while read -r file; do
        awk '/^  "timings" : \{/ { skip = 1 } !skip { print } /^  \}/ { skip = 0 }' "$file" | sha256sum
    done)
}
