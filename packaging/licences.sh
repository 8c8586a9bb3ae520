#!/usr/bin/env bash
# licences.sh ARCHIVES CHECKOUTS LIBCURL OUT: copies the licences of all that the program was linked from into OUT, a file each.
set -euo pipefail
cd "$(dirname "$0")/.."
archives=$1 checkouts=$2 libcurl=$3 out=$4
mkdir -p "$out"

# Debian's libraries: what Debian says of the package that an archive came in.
for archive in "$archives"/*.a; do
    name=$(basename "$archive" .a)
    case $name in
    libcurl) package=libcurl4-openssl-dev ;;
    # Our own.
    libsinglethreaded) continue ;;
    *) package=$(dpkg -S "$(realpath "$archive")" | cut -d: -f1) ;;
    esac
    cp -L "/usr/share/doc/$package/copyright" "$out/$name.txt"
done
cp "$libcurl/COPYING" "$out/libcurl.COPYING.txt"
# Foundation carries ICU.
icu=$(dpkg-query -W -f '${Package}\n' 'libicu[0-9]*' | head -1)
cp -L "/usr/share/doc/$icu/copyright" "$out/ICU.txt"

# The licences that those texts only name.
grep -oh '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' "$out"/*.txt | sort -u | while read -r file; do
    if [ -e "$file" ]; then cp -L "$file" "$out/$(basename "$file").txt"; fi
done

# Swift packages.
for checkout in "$checkouts"/*/; do
    name=$(basename "$checkout")
    for file in "$checkout"LICENSE* "$checkout"NOTICE*; do
        [ -e "$file" ] && cp "$file" "$out/$name.$(basename "${file%.txt}").txt"
    done
done

# Swift itself: its library and Foundation.
toolchain=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")
cp "$toolchain/share/swift/LICENSE.txt" "$out/swift.LICENSE.txt"
