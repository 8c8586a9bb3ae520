#!/usr/bin/env bash
# libcurl.sh FOLDER: builds Debian's libcurl as a static library of http and https alone. Debian's own binary asks for twenty
# more libraries (Kerberos, LDAP, SSH, ...) that `bakeoff fetch` never uses.
set -euo pipefail
folder=$(realpath -m "$1")
[ -e "$folder/lib/libcurl.a" ] && exit 0
version=$(dpkg-query -W -f '${source:Version}' libcurl4-openssl-dev)
work=$folder.work
rm -rf "$work" && mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
cd "$work"
# shellcheck disable=SC2016 # apt-get fills the format.
# The same sources as the machine's, with their source packages.
apt-get indextargets --format 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sort -u | grep '/debian\(-security\)\?/\? ' >sources.list
sources() {
    apt-get -q -o Dir::State="$work/state" -o Dir::Cache="$work/cache" -o Dir::Etc::SourceList="$work/sources.list" \
        -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root "$@"
}
sources update >/dev/null
sources source "curl=$version" >/dev/null
cd curl-*/
# What autoconf made is newer than what Debian's patches touched.
find . \( -name '*.m4' -o -name configure.ac -o -name Makefile.am \) -exec touch -d @1 {} +
touch -d @2 aclocal.m4
find . \( -name Makefile.in -o -name configure -o -name '*.h.in' \) -exec touch {} +
# glibc has arc4random since 2.36 alone.
./configure --quiet --prefix="$folder" --disable-shared --enable-static --with-pic --with-openssl --with-zlib \
    --disable-ftp --disable-file --disable-ldap --disable-ldaps --disable-rtsp --disable-dict --disable-telnet --disable-tftp \
    --disable-pop3 --disable-imap --disable-smb --disable-smtp --disable-gopher --disable-mqtt --disable-manual \
    --disable-ntlm --disable-unix-sockets --disable-alt-svc --disable-hsts --disable-libcurl-option \
    --without-libpsl --without-libidn2 --without-nghttp2 --without-libssh2 --without-librtmp --without-brotli --without-zstd \
    --without-gssapi --without-ca-bundle --without-ca-path ac_cv_func_arc4random=no >"$work/log" 2>&1 ||
    { tail -20 "$work/log" >&2; exit 1; }
for part in lib include; do
    make -s -j "$(nproc)" -C "$part" install >>"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
done
cp COPYING "$folder/COPYING"
rm -rf "$work"
