#!/bin/sh
# Fetch the editor in the browser into the folder $1: Decap CMS as its authors built it, and the YAML
# library that our format uses. Each package is checked against its hash; its own dependencies are
# built in, so none is installed.
set -eu
folder=$1
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT
package() { # name@version, sha512 in base64, what to take of it
  file=$(cd "$fetched" && npm pack "$1" --silent --loglevel=error)
  node -e 'const { createHash } = require("crypto"); const { readFileSync } = require("fs");
    const found = createHash("sha512").update(readFileSync(process.argv[1])).digest("base64");
    if (found !== process.argv[2]) { console.error(`${process.argv[1]}: not what was expected`); process.exit(1); }' \
    "$fetched/$file" "$2"
  mkdir -p "$fetched/$3"
  tar -xzf "$fetched/$file" -C "$fetched/$3" --strip-components=1
}
package decap-cms@3.16.3 hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw== cms
package yaml@2.8.2 mplynKqc1C2hTVYxd0PU2xQAc22TI1vShAYGksCCfxbn/dFwnHTNi1bvYsBTkhdUNtGIf5xNOg938rrSSYvS9A== yaml
rm -rf "$folder"
mkdir -p "$folder/yaml"
cp "$fetched"/cms/dist/*decap-cms.js "$folder"
cp -r "$fetched"/yaml/browser/dist/. "$folder/yaml"
