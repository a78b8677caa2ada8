#!/bin/sh
# Prints «product=true» unless only texts and data changed since the commit $1. Every night nothing
# changed; where the commit is not known (a new branch, a forced push), all is taken for changed.
set -eu
before=${1:-}
if [ "${GITHUB_EVENT_NAME:-}" = schedule ]; then
  echo product=false
elif ! git cat-file -e "$before^{commit}" 2>/dev/null; then
  echo product=true
elif git diff --name-only "$before" HEAD | grep -vE '^(data|docs)/' | grep -q . \
  || git diff --name-only "$before" HEAD -- data/_schema | grep -q .; then
  echo product=true
else
  echo product=false
fi
