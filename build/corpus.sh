#!/usr/bin/env bash
# Judges a folder of real configurations (CORPUS, with the original's verdicts in EXPECTED.jsonl) and writes docs/CORPUS.md.
# FILES="part of a name ..." shows both programs' messages on some files instead.
. "$(dirname "$0")/common.sh"
corpus=${CORPUS:-../shared/corpus/haproxy}
if [ ! -e "$corpus/EXPECTED.jsonl" ]; then
    echo "no corpus at $corpus: name a folder of *.cfg with EXPECTED.jsonl by CORPUS=folder (it is not part of this repository)"
    exit 0
fi
binary=$(ours)
say "judging the configurations of $corpus with $binary"
tool Corpus "$binary" "$corpus" docs/CORPUS.md ${FILES:-}
