#!/usr/bin/env bash
# glibc.sh FOLDER: puts the C library of an older Debian there, for the linker alone. What is linked against it runs on every
# system with that C library or a newer one. Where no older Debian can be had, FOLDER becomes a link to / and the program
# needs this machine's C library.
set -euo pipefail
folder=$1
# Debian 11, with glibc 2.31: the oldest release that the mirrors still hold.
suite=bullseye
[ -e "$folder" ] && exit 0

mkdir -p "$folder.state/lists/partial" "$folder.state/cache/archives/partial" "$folder.state/files"
# shellcheck disable=SC2016 # apt-get fills the format.
# The mirror that this Debian is installed from.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/\?$' || true)
older() {
    apt-get -q -o Dir::State="$PWD/state" -o Dir::Cache="$PWD/cache" -o Dir::Etc::SourceList="$PWD/sources.list" \
        -o Dir::Etc::SourceParts=- -o Dir::State::Status=/dev/null -o APT::Sandbox::User=root "$@"
}
fetched() (
    [ -n "$mirror" ] || return 1
    cd "$folder.state"
    mkdir -p state/lists/partial
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >sources.list
    older update >/dev/null && cd files && PWD=$folder.state older download libc6 libc6-dev libgcc-10-dev libgcc-s1
)
folder=$(realpath -m "$folder")
if fetched; then
    for package in "$folder.state"/files/*.deb; do dpkg-deb -x "$package" "$folder.new"; done
    # Links to the root lead into the folder.
    find "$folder.new" -type l -lname '/*' | while read -r link; do
        ln -sfr "$folder.new$(readlink "$link")" "$link"
    done
    mv "$folder.new" "$folder"
else
    echo "The C library of Debian $suite could not be fetched: the program will need this machine's." >&2
    ln -s / "$folder"
fi
rm -r "$folder.state"
