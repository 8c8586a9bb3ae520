# Sourced by the other scripts: finds Swift, installs the system libraries that are missing, and offers `step`,
# which says what is being done and how long it took.

step() {
    local title=$1 start=$SECONDS
    shift
    echo "==> $title"
    "$@" || { echo "==> failed after $((SECONDS - start)) s: $title" >&2; return 1; }
    echo "==> done in $((SECONDS - start)) s: $title"
}

# The Debian packages behind what the build needs, each known by a file of its own.
missing_packages() {
    local include
    include=$(find /usr/include -maxdepth 3 \( -name cblas.h -o -name lapacke.h -o -name archive.h \) 2>/dev/null)
    grep -q cblas.h <<<"$include" || echo libopenblas-dev
    grep -q lapacke.h <<<"$include" || echo liblapacke-dev
    grep -q 'archive\.h' <<<"$include" || echo libarchive-dev
    command -v pkg-config >/dev/null || echo pkg-config
    python3 -m pip --version >/dev/null 2>&1 || echo python3-pip
}

install_packages() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "Missing: $*. Install them with: apt-get install $*" >&2
            return 1
        }
        as_root=(sudo)
    fi
    command -v apt-get >/dev/null || {
        echo "Missing: $*. This script installs them on Debian and Ubuntu; elsewhere please install them by hand." >&2
        return 1
    }
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

setup() {
    command -v swift >/dev/null || {
        echo "Swift 6.1 or later is needed and 'swift' was not found: see https://www.swift.org/install" >&2
        return 1
    }
    local missing
    mapfile -t missing < <(missing_packages)
    if [ "${#missing[@]}" -gt 0 ]; then
        step "install ${missing[*]}" install_packages "${missing[@]}"
    fi
}
