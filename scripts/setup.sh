# Sourced by the other scripts: finds Swift, installs the system libraries that are missing, and offers `step`,
# which says what is being done and how long it took.

step() {
    local title=$1 start=$SECONDS
    shift
    echo "==> $title"
    "$@" || { echo "==> failed after $((SECONDS - start)) s: $title" >&2; return 1; }
    echo "==> done in $((SECONDS - start)) s: $title"
}

# The Debian packages that bring what the build and the fetching need and that is not here. Asked by pkg-config, since
# another BLAS may have put a cblas.h in place.
missing_packages() {
    command -v pkg-config >/dev/null || echo pkg-config
    pkg-config --exists openblas 2>/dev/null || echo libopenblas-dev
    pkg-config --exists lapacke 2>/dev/null || echo liblapacke-dev
    pkg-config --exists libarchive 2>/dev/null || echo libarchive-dev
    pkg-config --exists zlib 2>/dev/null || echo zlib1g-dev
    pkg-config --exists snappy 2>/dev/null || echo libsnappy-dev
    pkg-config --exists libzstd 2>/dev/null || echo libzstd-dev
    pkg-config --exists libcurl 2>/dev/null || echo libcurl4-openssl-dev
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
