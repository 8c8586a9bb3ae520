#!/usr/bin/env bash
# Makes dist/: the program as a tarball, a Debian package and a wheel for Python, each under 60 MB and with all that it needs
# but for the C library. Builds on Debian 12, or a later one. Takes what has been built already as it is, if it is current.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh
build=$PWD/.build-package

# What packaging needs besides the build: gcc for libcurl and libstdc++.a, binutils to look at symbols.
missing_tools() {
    command -v gcc >/dev/null && [ -e "$(gcc -print-file-name=libstdc++.a)" ] || echo g++
    command -v make >/dev/null || echo make
    command -v dpkg-source >/dev/null || echo dpkg-dev
    command -v xz >/dev/null || echo xz-utils
    command -v python3 >/dev/null || echo python3
    for package in libssl-dev libbz2-dev liblzma-dev nettle-dev; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

build_program() {
    PKG_CONFIG_PATH=$build/archives/pkgconfig swift build -c release --product bakeoff --static-swift-stdlib \
        --scratch-path "$build/swift" -Xswiftc -use-ld=lld -Xswiftc -Xclang-linker -Xswiftc "--sysroot=$build/glibc"
}

stage() {
    folder=$build/bakeoff-$version-linux-$(uname -m)
    rm -rf "$folder" && mkdir -p "$folder"
    strip -o "$folder/bakeoff" "$build/swift/release/bakeoff"
    cp LICENSE NOTICE "$folder/"
    cp packaging/README.md "$folder/README.md"
    packaging/licences.sh "$build/archives/lib" "$build/swift/checkouts" "$build/libcurl" "$folder/licences"
}

pack() {
    rm -rf dist && mkdir dist
    tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
        --directory="$build" "$(basename "$folder")" | gzip -n -9 >"dist/$(basename "$folder").tar.gz"
    packaging/deb.sh "$folder" "$version" "$glibc" dist
    python3 packaging/wheel.py "$folder/bakeoff" "$folder/licences" "$glibc" dist
}

# The date in all packages: that of the last commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y Package.swift)}
version=$(sed -n 's/.*current = "\(.*\)".*/\1/p' Sources/Comparison/Results/BakeoffVersion.swift)

setup
mapfile -t missing < <(missing_tools)
if [ "${#missing[@]}" -gt 0 ]; then step "install ${missing[*]}" install_packages "${missing[@]}"; fi
mkdir -p "$build"
step "an older C library to link against" packaging/glibc.sh "$build/glibc"
step "libcurl of http and https alone" packaging/libcurl.sh "$build/libcurl"
packaging/archives.sh "$build/archives" "$build/libcurl"
step "build (release, static)" build_program
stage
{ read -r glibc; read -r symbols; } < <(python3 packaging/glibc_floor.py "$folder/bakeoff")
step "pack" pack
echo
echo "The program needs glibc $glibc or later, for: $symbols"
(cd dist && sha256sum -- * | while read -r digest name; do
    printf '%s  %s  %.1f MB\n' "$digest" "$name" "$(($(stat -c %s "$name") / 100000))e-1"
done)
for file in dist/*; do
    if [ "$(stat -c %s "$file")" -ge 60000000 ]; then
        echo "$file is larger than 60 MB" >&2
        exit 1
    fi
done
