#!/usr/bin/env bash
# archives.sh FOLDER LIBCURL: gathers the static libraries that the program is linked from, and writes the pkg-config files by
# which the package manager finds them instead of the shared ones.
set -euo pipefail
packaging=$(realpath "$(dirname "$0")")
folder=$(realpath -m "$1") libcurl=$(realpath -m "$2")
mkdir -p "$folder/lib" "$folder/pkgconfig"
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -dumpmachine)
system=/usr/lib/$multiarch
for name in archive z snappy zstd lapacke bz2 lzma nettle ssl crypto; do
    ln -sf "$system/lib$name.a" "$folder/lib/"
done
ln -sf "$system/openblas-pthread/libopenblas.a" "$libcurl/lib/libcurl.a" "$folder/lib/"
ln -sf "$(gcc -print-file-name=libstdc++.a)" "$folder/lib/"
gcc -O2 -fPIC -c "$packaging/single_threaded.c" -o "$folder/single_threaded.o"
ar rcsD "$folder/lib/libsinglethreaded.a" "$folder/single_threaded.o"

# name, the folder of its headers, and what is linked
describe() {
    printf 'Name: %s\nDescription: %s, static\nVersion: 1\nCflags: %s\nLibs: -L%s %s\n' \
        "$1" "$1" "$2" "$folder/lib" "$3" >"$folder/pkgconfig/$1.pc"
}
describe openblas "-I/usr/include/$multiarch/openblas-pthread" "-lopenblas -llapacke -lsinglethreaded -lpthread -lm -ldl"
describe libarchive "" "-larchive -lnettle -llzma -lzstd -lbz2 -lz"
describe zlib "" -lz
describe snappy "" -lsnappy
describe libzstd "" -lzstd
describe libcurl "-I$libcurl/include" "-lcurl -lssl -lcrypto -lz"
