# Sourced by the scripts of this folder: where we are and how we speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
ARTIFACTS=$ROOT/artifacts
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
CONFIGURATION=${CONFIGURATION:-Debug}

say() { printf '==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# The published binary, made on first need: most scripts only want one to exist.
ours() {
    if [ -n "${OURS:-}" ]; then echo "$OURS"; return; fi
    [ -x "$ARTIFACTS/bin/haproxy" ] || bash build/publish.sh >&2
    echo "$ARTIFACTS/bin/haproxy"
}

# Runs one of our own tools (tests/<Name>), built in Release.
tool() {
    local name=$1; shift
    mkdir -p "$ARTIFACTS"
    dotnet build "tests/$name" -c Release -v q -nologo -clp:NoSummary >"$ARTIFACTS/$name.build.log" 2>&1 || { cat "$ARTIFACTS/$name.build.log" >&2; die "tests/$name does not build"; }
    dotnet "$ARTIFACTS/bin/Dropin.$name/release/Dropin.$name.dll" "$@"
}
