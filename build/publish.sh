#!/usr/bin/env bash
# Native AOT executables: build/executables names them, artifacts/bin/ receives them. ARCH=arm64 on another machine links them across, into artifacts/bin-arm64/.
# A trim or AOT warning fails the publish, except IL3054 of Pidgin's own sequence combinators
# (a generic recursion inside the package that we cannot change and do not instantiate at run time).
. "$(dirname "$0")/common.sh"

RID=$(dotnet --info | awk '$1 == "RID:" { print $2; exit }')
case $FOREIGN$RID in -*) RID=linux-$DOTNET_ARCH ;; *arm64*) RID=linux-arm64 ;; *musl*x64*) RID=linux-musl-x64 ;; *) RID=linux-x64 ;; esac

if [ -n "$FOREIGN" ]; then # the compiler of .NET links across with clang alone, which takes ld, objcopy, libgcc and the C library from these
    needs clang=clang "${CROSS[@]}"
else # either links
    { command -v clang || command -v gcc; } >/dev/null || needs gcc=gcc libc6-dev=libc6-dev zlib1g-dev=zlib1g-dev
fi

publish() {
    local name=$1 project=$2 out log
    out=$ARTIFACTS/publish$FOREIGN/$name log=$ARTIFACTS/publish$FOREIGN/$name.log
    say "publishing $name ($project, $RID, Native AOT)"
    mkdir -p "$ARTIFACTS/publish$FOREIGN" "$BIN"
    if ! dotnet publish "$project" -c Release -r "$RID" -o "$out" -v m -nologo -p:TrimmerSingleWarn=false >"$log" 2>&1; then
        grep -E 'error|warning' "$log" | sort -u | head -40 >&2 || tail -40 "$log" >&2
        die "publish of $name failed (whole log: $log)"
    fi
    local warnings
    warnings=$(grep -E 'warning (IL|AOT)[0-9]*|warning .*IL[0-9]{4}' "$log" | sort -u || true)
    if [ -n "$warnings" ]; then
        local unexplained
        unexplained=$(printf '%s\n' "$warnings" | grep -vE 'IL3054.*Pidgin' || true)
        if [ -n "$unexplained" ]; then
            printf '%s\n' "$unexplained" >&2
            die "publish of $name: trim or AOT warnings that nobody explained"
        fi
        say "accepted: $(printf '%s\n' "$warnings" | wc -l) IL3054 warning(s) of Pidgin"
    fi
    # Replaced by a rename: a running haproxy keeps its own file.
    cp "$out/$name" "$BIN/.$name.new" && mv -f "$BIN/.$name.new" "$BIN/$name"
    say "${BIN#"$ROOT"/}/$name: $(stat -c %s "$BIN/$name" | awk '{ printf "%.1f MB", $1 / 1e6 }')"
}

while read -r name project; do
    case $name in ''|'#'*) continue ;; esac
    publish "$name" "$project"
done <build/executables
