#!/usr/bin/env bash
# try.sh DIST CHECKOUT: tries the packages in DIST on this system, which needs python3 and its venv alone: the tarball and the
# wheel each run front-desk from nothing to a verified report, the Debian package too where there is dpkg, README's commands are
# tried word by word, and the Python package passes its tests without pandas and with it. Prints the digest of what front-desk
# gave, which is one. Of CHECKOUT it reads scripts/run-bytes.sh, python, notebooks, docs and README.md.
set -euo pipefail
dist=$(realpath "$1") checkout=$(realpath "$2")
source "$checkout/scripts/run-bytes.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache HOME=$work/home
mkdir -p "$HOME"
digests=()

# NAME PROGRAM: front-desk from nothing to a verified report.
front_desk() {
    mkdir -p "$work/runs/$1"
    cd "$work/runs/$1"
    "$2" --version
    "$2" init --example front-desk >/dev/null
    "$2" run front-desk.yaml >/dev/null 2>&1
    "$2" report reports/front-desk --verify
    digests+=("$(run_bytes reports/front-desk | sha256sum | cut -d " " -f 1)")
    echo "$1: ${digests[-1]}"
}

# BEGIN: README's block of commands that begins so, and the block after it that starts with nothing and ends with a verified
# report.
readme_commands() {
    awk '/^## /{inside = /^## (Install|A first report)/} inside && /^```/{fenced = /^```sh/; if (fenced) block++; next} inside && fenced{print block "\t" $0}' \
        "$checkout/README.md" | awk -F '\t' -v "begin=$1" '
            !own && index($2, begin) == 1 {own = $1} $1 == own {print $2} $2 ~ /^bakeoff init --example/ {after = $1} $1 == after {print $2}'
}

# KIND BEGIN: README's commands in a folder where the packages are.
try_readme() (
    mkdir "$work/readme-$1"
    cd "$work/readme-$1"
    cp "$dist"/* .
    readme_commands "$2" >commands.sh
    [ "$(grep -c . commands.sh)" -ge 4 ] || { echo "README.md: found no commands for the $1" >&2; exit 1; }
    bash -euo pipefail commands.sh >out 2>&1 || { cat out >&2; exit 1; }
    echo "README's commands for the $1 work"
)

# pip of a new virtual environment, with what is installed into it.
environment() {
    python3 -m venv "$work/venvs/$1"
    "$work/venvs/$1/bin/pip" install --quiet --disable-pip-version-check "$dist"/*.whl "${@:2}"
}

for command in swift gcc cc clang; do
    ! command -v "$command" >/dev/null || echo "note: $command is here, so this system is not bare"
done

mkdir "$work/unpacked" && tar -xzf "$dist"/*.tar.gz -C "$work/unpacked"
front_desk tarball "$(echo "$work"/unpacked/*/bakeoff)"

environment wheel pytest
front_desk wheel "$work/venvs/wheel/bin/bakeoff"
"$work/venvs/wheel/bin/bakeoff" doctor | grep -E '^(program|OpenBLAS|Foundation|libcurl|C library|libraries) ' || true

try_readme tarball "tar "
(PATH=$work/venvs/wheel/bin:$PATH && pip uninstall --quiet --yes bakeoff && try_readme wheel "pip install ")

if command -v dpkg >/dev/null && [ "$(id -u)" -eq 0 ]; then
    dpkg --install --force-confnew "$dist"/*.deb >/dev/null
    front_desk deb /usr/bin/bakeoff
    dpkg --purge bakeoff >/dev/null
fi

# Far from the checkout, so that nothing of it can be imported.
cp -r "$checkout/python/tests" "$work/tests"
export BAKEOFF_PAGE=$checkout/docs/python.md BAKEOFF_NOTEBOOKS=$checkout/notebooks
cd "$work"
echo "The Python package, without pandas:"
"$work/venvs/wheel/bin/python" -m pytest -q -p no:cacheprovider tests
echo "The Python package, with pandas, and the notebook:"
environment pandas pytest pandas nbclient ipykernel mypy
"$work/venvs/pandas/bin/python" -m pytest -q -p no:cacheprovider tests
"$work/venvs/pandas/bin/python" -m mypy --strict --ignore-missing-imports -p bakeoff

if [ "$(printf '%s\n' "${digests[@]}" | sort -u | wc -l)" -ne 1 ]; then
    echo "the packages do not give the same: ${digests[*]}" >&2
    exit 1
fi
echo "digest: ${digests[0]}"
