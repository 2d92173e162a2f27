#!/usr/bin/env bash
# Compiles the solution.
. "$(dirname "$0")/common.sh"
say "building dropin.sln ($CONFIGURATION)"
dotnet build dropin.sln -c "$CONFIGURATION" -v q -nologo
