#!/usr/bin/env bash
# Tries the packages in dist/ (scripts/package.sh) in bare Debian 12 and 13 roots, which debootstrap makes below
# .build-package/roots with python3 and its venv alone, and compares what front-desk gives with what the checkout's own build
# gives. Needs root, and a network for Debian's packages and Python's. With names of suites it tries those: bookworm trixie.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/setup.sh
source scripts/run-bytes.sh
suites=("$@")
[ "${#suites[@]}" -gt 0 ] || suites=(bookworm trixie)
roots=$PWD/.build-package/roots

[ "$(id -u)" -eq 0 ] || { echo "Roots are made by root alone: sudo scripts/test-packages.sh" >&2; exit 1; }
ls dist/*.whl >/dev/null 2>&1 || { echo "There are no packages: scripts/package.sh" >&2; exit 1; }
command -v debootstrap >/dev/null || step "install debootstrap" install_packages debootstrap

# A root as it is after debootstrap; made once.
make_root() {
    [ -e "$roots/$1.made" ] && return
    rm -rf "${roots:?}/$1"
    # shellcheck disable=SC2016 # apt-get fills the format.
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates "$1" "$roots/$1" \
        "$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m 1 '/debian/\?$')" >"$roots/$1.log" ||
        { tail -20 "$roots/$1.log" >&2; return 1; }
    touch "$roots/$1.made"
}

# What pip needs to reach its index from this machine goes along, by the environment alone.
try_in_root() {
    local root=$roots/$1
    rm -rf "$root/try" && mkdir "$root/try"
    cp -r dist packaging scripts python notebooks docs README.md "$root/try/"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    local settings=(PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8) name
    for name in $(compgen -e | grep -v '^PIP_FIND_LINKS$' | grep -E '^(PIP_|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)'); do
        settings+=("$name=${!name}")
    done
    if [ -n "${SSL_CERT_FILE:-}" ]; then cp "$SSL_CERT_FILE" "$root/etc/ssl/certs/ca-certificates.crt"; fi
    # shellcheck disable=SC2016 # The inner shell fills its own.
    unshare --mount --propagation private sh -euc '
        root=$1
        shift
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" env --ignore-environment "$@"' sh "$root" "${settings[@]}" \
        bash /try/packaging/try.sh /try/dist /try | tee "$roots/$1.out"
}

checkout_digest() (
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    program=$(swift build -c release --show-bin-path)/bakeoff
    [ -x "$program" ] || { echo "The checkout is not built: swift build -c release --product bakeoff" >&2; exit 1; }
    "$program" run experiments/front-desk.yaml --output "$folder/report" --models "$folder/models" >/dev/null 2>&1
    run_bytes "$folder/report" | sha256sum | cut -d " " -f 1
)

mkdir -p "$roots"
expected=$(checkout_digest)
echo "checkout: $expected"
for suite in "${suites[@]}"; do
    step "a bare root of Debian $suite" make_root "$suite"
    step "the packages in it" try_in_root "$suite"
    [ "$(sed -n 's/^digest: //p' "$roots/$suite.out")" = "$expected" ] ||
        { echo "Debian $suite: front-desk gives something else than in the checkout" >&2; exit 1; }
done
echo "Both packages give what the checkout gives, on: ${suites[*]}"
