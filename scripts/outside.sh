#!/usr/bin/env bash
# Builds and runs Tests/OutsidePackage, which is somebody else's package: it writes `import Bakeoff` and no more.
#
# Its sources are compiled against the modules that `swift build -c release --build-tests` has left, so that this takes
# seconds; they see public API alone. `scripts/outside.sh --package` builds it as the package that it is, Bakeoff included,
# which takes as long as a first build.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = --package ]; then
    exec swift run -c release --package-path Tests/OutsidePackage --scratch-path .build/outside Outside
fi

manifest=.build/release.yaml
if [ ! -f "$manifest" ]; then
    echo "scripts/outside.sh: there is no $manifest; run: swift build -c release --build-tests" >&2
    exit 1
fi

# The arguments of a command of the build, one a line.
arguments() {
    awk -v name="\"C.$1-" 'index($0, name) && /:$/ { found = 1 } found && /^ *args:/ { print; exit }' "$manifest" |
        sed 's/^ *args: \["//; s/"\]$//; s/","/\n/g'
}

# Where modules are found: -I and what is handed to clang.
modules=()
takesNext=
while IFS= read -r argument; do
    if [ -n "$takesNext" ]; then
        modules+=("$takesNext" "$argument")
        takesNext=
        continue
    fi
    case $argument in
    -Xcc | -I) takesNext=$argument ;;
    -I*) modules+=("$argument") ;;
    esac
done < <(arguments BakeoffTests)

# The libraries that the program is linked with, and the objects that are not the program's own.
libraries=()
while IFS= read -r argument; do
    case $argument in
    -l* | -L/*) libraries+=("$argument") ;;
    esac
done < <(arguments bakeoff | grep -v '^-L$')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -v -e '/BakeoffCommand.build/' -e '/CStart.build/' .build/release/bakeoff.product/Objects.LinkFileList > "$work/objects"
swiftc -O -swift-version 6 -warnings-as-errors -module-name Outside "${modules[@]}" \
    Tests/OutsidePackage/Sources/Outside/*.swift "@$work/objects" "${libraries[@]}" -Xlinker --gc-sections \
    -o "$work/outside"
"$work/outside"
