#!/usr/bin/env bash
# deb.sh FOLDER VERSION GLIBC OUT: makes a Debian package of the unpacked tarball FOLDER; prints its path.
set -euo pipefail
folder=$1 version=$2 glibc=$3 out=$4
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
install -D -m 755 "$folder/bakeoff" "$tree/usr/bin/bakeoff"
mkdir -p "$tree/usr/share/doc/bakeoff" "$tree/DEBIAN"
cp -r "$folder/licences" "$folder/NOTICE" "$folder/README.md" "$tree/usr/share/doc/bakeoff/"
cp "$folder/LICENSE" "$tree/usr/share/doc/bakeoff/copyright"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: bakeoff
Version: $version
Architecture: $architecture
Maintainer: The authors of Bakeoff <bakeoff@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= $glibc), libgcc-s1
Recommends: ca-certificates, python3-pip
Section: science
Priority: optional
Description: Compares text classifiers on labelled data
 It fits dummy baselines, lexicons, TF-IDF with linear models, static
 embeddings and encoders, frozen or fine-tuned, on one stored split, and
 writes a report of how they did. All libraries but those of the system
 are in the program.
CONTROL
find "$tree" -type d -exec chmod 755 {} +
find "$tree/usr/share" -type f -exec chmod 644 {} +
find "$tree" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/bakeoff_${version}_$architecture.deb" >/dev/null
echo "$out/bakeoff_${version}_$architecture.deb"
