#!/usr/bin/env bash
# Images dropin-haproxy and dropin-keepalived from packaging/container/Dockerfile, by docker, podman or buildah, whichever works (BUILDER=name for one).
# No base image is fetched. Without a builder the two trees in artifacts/container/ are all there is; they can be run with a chroot too.
. "$(dirname "$0")/common.sh"

[ -z "$FOREIGN" ] || die "images hold the libraries of the machine on which they are made: run this on $ARCH"
published haproxy keepalived halog

context=$ARTIFACTS/container
rm -rf "$context"

# A library that is loaded by its name, with all that it needs itself.
loaded() { ldconfig -p | awk -v name="$1" '$1 == name && /x86-64|AArch64/ { print $NF; exit }'; }
needed() { { printf '%s\n' "$@"; ldd "$@" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*'; } | grep -v ':$' | sort -u; }

tree() { # name of the image, executables, then libraries that are loaded by name
    local root=$context/$1 executables=$2 file library path; shift 2
    mkdir -p "$root"/{etc,tmp,run,dev,proc,sys,usr/sbin,usr/bin,var/lib/haproxy}
    chmod 1777 "$root/tmp"
    for file in $executables; do
        cp "$ARTIFACTS/bin/$file" "$root/usr/sbin/"
        for path in $(ldd "$ARTIFACTS/bin/$file" | grep -o '/[^ ]*\.so[^ ]*'); do install -D -m 755 "$path" "$root$path"; done
    done
    for library in "$@"; do
        path=$(loaded "$library")
        [ -n "$path" ] || die "$library is not installed on this machine"
        for file in $(needed "$path"); do install -D -m 755 "$file" "$root$file"; done
    done
    printf 'root:x:0:0:root:/:/none\nhaproxy:x:65532:65532:haproxy:/var/lib/haproxy:/none\n' >"$root/etc/passwd"
    printf 'root:x:0:\nhaproxy:x:65532:\n' >"$root/etc/group"
    printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] || install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
}
tree haproxy "haproxy halog" libpcre2-8.so.0 libcrypt.so.1 libssl.so.3 libcrypto.so.3
mkdir -p "$context/haproxy/etc/haproxy"; mv "$context/haproxy/usr/sbin/halog" "$context/haproxy/usr/bin/"
cp packaging/deb/haproxy/examples/quickstart.cfg "$context/haproxy/etc/haproxy/example.cfg"
tree keepalived keepalived libssl.so.3 libcrypto.so.3
mkdir -p "$context/keepalived/etc/keepalived"; ln -s ../sbin/keepalived "$context/keepalived/usr/bin/genhash"

works() { case $1 in docker) docker info ;; podman) podman info ;; buildah) buildah info ;; esac >/dev/null 2>&1; }
builder=${BUILDER:-}
for candidate in docker podman buildah; do [ -n "$builder" ] || ! command -v $candidate >/dev/null || ! works $candidate || builder=$candidate; done
for name in haproxy keepalived; do
    say "artifacts/container/$name: $(du -sb "$context/$name" | awk '{ printf "%.1f MB", $1 / 1e6 }')"
    case $builder in
        '') ;;
        buildah) buildah build --isolation chroot -q -f packaging/container/Dockerfile --target "$name" -t "dropin-$name" "$context" ;;
        *) "$builder" build -q -f packaging/container/Dockerfile --target "$name" -t "dropin-$name" "$context" ;;
    esac
done
if [ -n "$builder" ]; then say "images dropin-haproxy and dropin-keepalived made by $builder"
else say "no docker, podman or buildah works here: no image was made, the trees are"; fi
