# Sourced by the scripts of this folder: where we are and how we speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
ARTIFACTS=$ROOT/artifacts
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
CONFIGURATION=${CONFIGURATION:-Debug}

# The machine that the executables and packages are for: this one, or ARCH=arm64 or amd64 (DEB_HOST_ARCH, as dpkg calls it, and RPM's names will do). What is
# made for another one has folders of its own (artifacts/bin-arm64, deb-arm64, rpm-arm64), so that nothing here starts it by mistake.
machine() { case $1 in amd64 | x86_64 | x64) echo amd64 ;; arm64 | aarch64) echo arm64 ;; *) echo "$1" ;; esac; }
HERE=$(machine "$(uname -m)")
ARCH=$(machine "${ARCH:-${DEB_HOST_ARCH:-$HERE}}")
case $ARCH in
    amd64) GNU_ARCH=x86_64 DOTNET_ARCH=x64 ;;
    arm64) GNU_ARCH=aarch64 DOTNET_ARCH=arm64 ;;
    *) printf 'error: ARCH=%s: executables are made for amd64 and arm64\n' "$ARCH" >&2; exit 1 ;;
esac
FOREIGN=; [ "$ARCH" = "$HERE" ] || FOREIGN=-$ARCH
BIN=$ARTIFACTS/bin$FOREIGN

say() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# The published binary, made on first need: most scripts only want one to exist.
ours() {
    if [ -n "${OURS:-}" ]; then echo "$OURS"; return; fi
    [ -x "$ARTIFACTS/bin/haproxy" ] || bash build/publish.sh >&2
    echo "$ARTIFACTS/bin/haproxy"
}

# Publishes where one of these executables is missing in artifacts/bin (or that of the other machine), or FRESH=1 asks for it.
published() {
    local name
    for name in "$@"; do
        if [ -n "${FRESH:-}" ] || [ ! -x "$BIN/$name" ]; then ARCH=$ARCH bash build/publish.sh; return; fi
    done
}

# Installs what is missing, each said as command=package with Debian's name of the package; a file's path instead of a command will do.
needs() {
    local missing=() one log
    for one in "$@"; do command -v "${one%%=*}" >/dev/null || [ -f "${one%%=*}" ] || missing+=("${one#*=}"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "missing: ${missing[*]}: install these packages (Debian names), or run this as root on Debian"
    say "installing ${missing[*]}"
    log=$(mktemp)
    apt-get update -qq >"$log" 2>&1 </dev/null || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; die "apt-get could not install: ${missing[*]}"; }
    rm -f "$log"
}

# What linking and packing for another machine takes, for needs: its compiler's tools and C library.
CROSS=()
[ -z "$FOREIGN" ] || CROSS=("$GNU_ARCH-linux-gnu-gcc=gcc-${GNU_ARCH/_/-}-linux-gnu" "/usr/$GNU_ARCH-linux-gnu/lib/libc.so=libc6-dev-$ARCH-cross")

# Builds one of our own tools (tests/<Name>) in Release, and says what to run.
built() {
    mkdir -p "$ARTIFACTS"
    dotnet build "tests/$1" -c Release -v q -nologo -clp:NoSummary >"$ARTIFACTS/$1.build.log" 2>&1 || { cat "$ARTIFACTS/$1.build.log" >&2; die "tests/$1 does not build"; }
    echo "$ARTIFACTS/bin/Dropin.$1/release/Dropin.$1.dll"
}

# Runs one of them.
tool() {
    local program
    program=$(built "$1") || exit 1
    shift
    dotnet "$program" "$@"
}
