#!/usr/bin/env bash
# Judges the probes of this repository and a folder of real keepalived configurations (CORPUS, with the originals' verdicts in EXPECTED.jsonl and the
# machine they were taken on in ENVIRONMENT.txt), and writes docs/CORPUS-KEEPALIVED.md. FILES="part of a name ..." or FILES=differs shows both
# sides of some instead.
. "$(dirname "$0")/common.sh"
corpus=${CORPUS:-../shared/corpus/keepalived}
[ -e "$corpus/EXPECTED.jsonl" ] || say "no corpus at $corpus: name a folder of *.conf with EXPECTED.jsonl by CORPUS=folder (it is not part of this repository); the probes alone are judged"
tool KeepalivedCorpus "$corpus" docs/CORPUS-KEEPALIVED.md ${FILES:-}
