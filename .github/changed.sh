#!/bin/sh
# Prints «product=true» unless only texts and data changed since the commit $1: what is published,
# or what a proposal begins at. Where that is not known (a first time), all is taken for changed.
set -eu
before=${1:-}
if ! git cat-file -e "$before^{commit}" 2>/dev/null; then
  echo product=true
elif git diff --name-only "$before" HEAD | grep -vE '^(data|docs)/' | grep -q . \
  || git diff --name-only "$before" HEAD -- data/_schema | grep -q .; then
  echo product=true
else
  echo product=false
fi
