# Everything a newcomer, an editor and CI need. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python -m macros
AUDIT := tests/audit

.PHONY: help serve build edit diff publish check words test sweep review audit lint fuzz bench bench-many bench-search import rename sources calendars schema accept lock clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

serve: $(VENV)/.site $(VENV)/.pango ## Build, serve on 127.0.0.1:8000 and rebuild on every change
	@$(RUN) serve --port $(PORT)

# REDAKTION=ja: with the editor in the browser at /redaktion/, which needs npm.
ifneq ($(REDAKTION),)
EDITOR := --editor
build publish: .build/editor/decap-cms.js
endif

build: $(VENV)/.site $(VENV)/.pango ## Build the site into site/ (REDAKTION=ja: with an editor in it)
	@$(RUN) build $(EDITOR)

edit: $(VENV)/.site $(VENV)/.pango .build/editor/decap-cms.js $(AUDIT)/node_modules/.package-lock.json ## Edit in the browser on this machine: /redaktion/ on 127.0.0.1:8000 (needs Node 20)
	@BIND_HOST=127.0.0.1 MODE=fs node $(AUDIT)/node_modules/decap-server/dist/index.js & trap "kill $$!" EXIT; $(RUN) serve --editor --port $(PORT)

.build/editor/decap-cms.js: requirements/editor.sh
	@sh requirements/editor.sh .build/editor
	@touch $@

diff: $(VENV)/.site $(VENV)/.pango ## Show which pages a change touches, before and after (BASE=main)
	@$(RUN) diff "$(or $(BASE),HEAD)"

publish: $(VENV)/.site $(VENV)/.pango ## Show the site in a web server's folder (DIR=/srv/site; FLAGS=--rollback goes back)
	@$(RUN) publish "$(DIR)" $(EDITOR) $(FLAGS)

check: $(VENV)/.site ## Check data/ and docs/ (FLAGS=--github for annotations)
	@$(RUN) check $(FLAGS)

test: $(VENV)/.test $(VENV)/.pango ## Run all tests, in a real browser too
	@sh requirements/system.sh chromium hunspell hunspell-da nginx-light libnginx-mod-http-brotli-static
	@$(VENV)/bin/python -m pytest -n2 $(FLAGS)

review: $(VENV)/.test $(VENV)/.pango ## Judge the content: facts, search, LIX, access, editors' edits
	@sh requirements/system.sh chromium hunspell hunspell-da
	@$(VENV)/bin/python -m pytest -n2 -o python_files='review_*.py' tests/review $(FLAGS)

sweep: $(VENV)/.test $(VENV)/.pango ## Run the long tests, which go through everything
	@sh requirements/system.sh chromium nginx-light libnginx-mod-http-brotli-static
	@$(VENV)/bin/python -m pytest -n2 -m sweep $(FLAGS)

audit: sweep $(AUDIT)/node_modules/.package-lock.json .build/editor/decap-cms.js ## The long tests, scripts, an editor's day, valid HTML, Lighthouse (needs Node 20)
	@$(RUN) build
	@cd $(AUDIT) && npx biome lint --config-path=. --reporter=summary ../../overrides/*/*.js *.mjs && node --test --test-reporter=dot *.test.mjs
	@$(VENV)/bin/python -m pytest -q $(AUDIT)
	@CHROME_PATH=$$(command -v chromium || command -v chromium-browser || command -v google-chrome) \
	  node $(AUDIT)/audit.mjs site

$(AUDIT)/node_modules/.package-lock.json: $(AUDIT)/package-lock.json
	@node -e 'process.exit(Number(process.versions.node.split(".")[0] < 20))' 2>/dev/null \
	  || { echo "make audit needs Node 20 or newer with npm"; exit 1; }
	@cd $(AUDIT) && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

lint: $(VENV)/.test ## Check the form of the code
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

fuzz: $(VENV)/.test $(VENV)/.pango ## Try 2,000 mutations of the files and hostile texts (some 40 minutes; COUNT=200 for a few)
	@$(VENV)/bin/python tests/fuzz.py $(COUNT)

bench: $(VENV)/.test $(VENV)/.pango ## Measure check, build, serve and the pages' weight
	@$(VENV)/bin/python tests/benchmark.py

bench-many: $(VENV)/.bench $(VENV)/.pango ## Build COUNT=10000 made-up activities, beside Hugo and Pagefind
	@sh requirements/system.sh hugo
	@$(VENV)/bin/python tests/bench_many.py $(COUNT)

bench-search: $(VENV)/.bench $(VENV)/.pango ## Compare our search with Material's and Pagefind's over the written queries
	@sh requirements/system.sh chromium
	@$(VENV)/bin/python tests/review/compare.py

import: $(VENV)/.site ## Make activities of a calendar (FILE=x.ics ORG=id) or Open Referral (FILE=x.json)
	@$(RUN) import "$(FILE)" $(if $(ORG),--organisation "$(ORG)") $(FLAGS)

rename: $(VENV)/.site ## Give a thing another id everywhere, and lead its address on (KIND=idea OLD=x NEW=y)
	@$(RUN) rename "$(KIND)" "$(OLD)" "$(NEW)"

sources: $(VENV)/.site ## See whether the pages on the net that we cite have changed (needs the network)
	@$(RUN) sources --check

calendars: $(VENV)/.site ## Compare organisers' own calendars with the listings (needs the network; FLAGS=--write corrects)
	@$(RUN) calendars --check $(FLAGS)

words: $(VENV)/.site ## Put the words that check does not know, and that are right, into data/_words.txt
	@$(RUN) words

schema: $(VENV)/.site ## Write data/_schema/ from the model
	@$(RUN) schema

accept: $(VENV)/.test $(VENV)/.pango ## Take golden pages and fault messages as they are now (read git diff after)
	@ACCEPT=1 $(VENV)/bin/python -m pytest -q tests/test_golden.py tests/test_faults.py

lock: ## Lock the dependencies anew (needs uv)
	uv pip compile -q pyproject.toml requirements/build.in --generate-hashes --universal \
	  --python-version 3.11 --no-header -o requirements/site.txt
	uv pip compile -q pyproject.toml requirements/build.in --extra test --extra develop --generate-hashes \
	  --universal --python-version 3.11 --no-header -c requirements/site.txt -o requirements/test.txt
	uv pip compile -q pyproject.toml requirements/build.in --extra test --extra develop --extra bench \
	  --generate-hashes --universal --python-version 3.11 --no-header -c requirements/test.txt -o requirements/bench.txt

clean: ## Remove what was built
	rm -rf site site.new .build

# WeasyPrint's own needs; it says so itself where one is missing.
$(VENV)/.pango: $(VENV)/.site
	@$(VENV)/bin/python -W error -c 'import weasyprint' >/dev/null 2>&1 \
	  || sh requirements/system.sh libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh requirements/system.sh python3-venv
	$(PYTHON) -m venv $(VENV)

# The locked packages, each checked against its hash; then this project itself, in place.
$(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
