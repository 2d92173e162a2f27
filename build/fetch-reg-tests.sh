#!/usr/bin/env bash
# Fetches the regression tests of HAProxy 2.6 (its reg-tests/ folder and nothing else) from the source package of the
# machine's own Debian mirror into artifacts/reg-tests/. The list of sources is private to this fetch and derived from the
# machine's configuration, which stays untouched. Of the archive only reg-tests/ is ever unpacked.
. "$(dirname "$0")/common.sh"
into=$ARTIFACTS/reg-tests
[ -e "$into/.complete" ] && exit 0
command -v apt-get >/dev/null || die "no apt-get: put HAProxy 2.6's reg-tests/ folder into $into and an empty file .complete beside it"

apt=$ARTIFACTS/apt
rm -rf "$apt" "$into"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$into"
key=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$key" ] && signed=" signed-by=$key" || signed=
indexes() { apt-get indextargets --format 'deb-src [@] $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null | sort -u; }
[ -n "$(indexes)" ] || apt-get update -qq >/dev/null 2>&1 || true
indexes | sed "s|\[@\]|${signed:+[${signed# }]}|" >"$apt/sources.list"
[ -s "$apt/sources.list" ] || die "no Debian source is configured on this machine"

private=(-o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$apt/lists"
         -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none)
say "fetching the list of source packages"
apt-get "${private[@]}" update -qq </dev/null || die "the source lists cannot be fetched"
# Several revisions of the same upstream version may be listed, and a mirror may lack the newest: the tests are the same in each.
got=
for version in $(apt-cache "${private[@]}" showsrc haproxy 2>/dev/null | awk '/^Version: 2\.6\./ { print $2 }' | sort -rV -u); do
    say "fetching the source package of haproxy $version, for its reg-tests/ alone"
    if (cd "$apt" && apt-get "${private[@]}" source --download-only -qq "haproxy=$version" </dev/null) 2>"$apt/log"; then got=$version; break; fi
    tail -1 "$apt/log" >&2
done
[ -n "$got" ] || die "no haproxy 2.6 source package can be fetched here"
tar -xf "$apt"/haproxy_*.orig.tar.* -C "$into" --strip-components=1 --wildcards '*/reg-tests/*'
rm -rf "$apt"
touch "$into/.complete"
say "$(find "$into/reg-tests" -name '*.vtc' | wc -l) tests in $into/reg-tests"
