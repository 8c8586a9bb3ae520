#!/usr/bin/env bash
# Builds the library's documentation into .build/documentation with the toolchain's docc. Fails on any warning, but for
# parameters without a line of their own: our comments describe those that the name and the type do not tell.
#
#   scripts/docs.sh
#
# View it with a web server: python3 -m http.server --directory .build/documentation
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh

# The modules of the product Bakeoff, and those whose types their interfaces show.
modules=(Labels DeterministicWork SafeFiles SettingKeys Tables Corpora Recipes Lexicons TextTokenizers Features Learners
    TextClassifiers Encoders LinearAlgebra TensorFiles Evaluation Results Experiments Reports Classes LivePages
    Probes)
output=.build/documentation
graphs=.build/symbol-graphs
archives=.build/archives

symbol_graphs() {
    local bin maps=() map module
    bin=$(swift build -c release --show-bin-path)
    # Module maps of C code that the modules were compiled with.
    while read -r map; do maps+=(-Xcc "-fmodule-map-file=$PWD/$map"); done < <(
        ls Sources/*/C*/module.modulemap
        find .build/checkouts -path '*include/module.modulemap'
    )
    for module in CKernels CBundle CSpawn; do maps+=(-Xcc "-fmodule-map-file=$bin/$module.build/module.modulemap"); done
    rm -rf "$graphs"
    for module in "${modules[@]}"; do
        mkdir -p "$graphs/$module"
        swift symbolgraph-extract -module-name "$module" -I "$bin/Modules" "${maps[@]}" \
            -target "$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)".*/\1/p' | head -1)" \
            -minimum-access-level public -skip-inherited-docs -output-dir "$graphs/$module" || return 1
    done
}

convert() {
    local module catalog told
    rm -rf "$archives" "$output"
    mkdir -p "$archives"
    for module in "${modules[@]}"; do
        catalog=$(find Sources -type d -path "*/$module/$module.docc")
        told=$(docc convert ${catalog:+"$catalog"} --additional-symbol-graph-dir "$graphs/$module" \
            --fallback-display-name "$module" --fallback-bundle-identifier "bakeoff.$module" \
            --output-path "$archives/$module.doccarchive" 2>&1) || { echo "$told"; return 1; }
        if echo "$told" | grep -E '^(warning|error):' | grep -v 'is missing documentation$' > /dev/null; then
            echo "$told"
            return 1
        fi
    done
    docc merge "$archives"/*.doccarchive --synthesized-landing-page-name Bakeoff --output-path "$output"
}

setup
step "build (release)" swift build -c release
step "symbol graphs" symbol_graphs
step "documentation" convert
echo
echo "The documentation is $output/documentation/index.html"
