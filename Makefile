# dropin: every command that a newcomer needs. `make` alone lists them.
# Each target is one small script of build/; this file only names them.

CONFIGURATION ?= Debug
export CONFIGURATION

.PHONY: help run build publish test bench conformance corpus keepalived-corpus soak fuzz deb deb-trials pair rpm container deps clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

run: ## starts our haproxy on loopback with two built-in web servers; ^C stops it
	@bash build/run.sh

build: ## compiles everything, warnings are errors
	@bash build/build.sh

publish: ## Native AOT executables in artifacts/bin/; ARCH=arm64 for another machine, in artifacts/bin-arm64/
	@bash build/publish.sh

test: ## installs what is missing, builds, publishes, runs every suite
	@bash build/test.sh

bench: ## CPU, memory and time beside the original; ROWS="..." for some rows, OURS=, ORIGINAL=, WRITE=1
	@bash build/bench.sh

conformance: ## HAProxy's own regression tests on our binary; TESTS="..." for some, PROMOTE=1, PROGRAM=
	@bash build/conformance.sh

corpus: ## judges a folder of real configurations and writes docs/CORPUS.md; CORPUS=folder
	@bash build/corpus.sh

keepalived-corpus: ## judges keepalived's probes and a folder of configurations, writes docs/CORPUS-KEEPALIVED.md; CORPUS=folder
	@bash build/keepalived-corpus.sh

soak: ## mixed load for MINUTES (30): memory and descriptors must stay flat
	@bash build/soak.sh

fuzz: ## every fuzz target for SECONDS_PER_TARGET (60); TARGET=name for one
	@bash build/fuzz.sh

deb: ## Debian packages in artifacts/deb/; ARCH=arm64 for another machine, CHECK=1 compares two builds and runs lintian, FRESH=1 publishes again
	@bash build/deb.sh

deb-trials: ## installs, upgrades and replaces the packages in booted nodes (root, a mirror); TRIALS="..." for some
	@bash build/deb-trials.sh

pair: ## two booted nodes, ours, the originals and mixed, under load (root, ~15 min); COMBINATIONS=, STEPS=, WRITE=1
	@bash build/pair.sh

rpm: ## RPM packages in artifacts/rpm/; ARCH=aarch64 for another machine, CHECK=1 lists and installs them into an empty root, FRESH=1 publishes again
	@bash build/rpm.sh

container: ## images without a distribution, by docker, podman or buildah; BUILDER=name, FRESH=1 publishes again
	@bash build/container.sh

deps: ## installs the tools which the tests need (Debian, root)
	@bash build/deps.sh

clean: ## removes artifacts/
	@echo "removing artifacts/"; rm -rf artifacts
