# The whole set of commands. Each makes what it needs from nothing but python3 (3.11 or newer) and make.
#
#   make run           everything from nothing, then serves http://127.0.0.1:8000 (PORT= changes it)
#   make test          the tests, Python and web
#   make test-slow     the tests of many seconds each, which the checks of a commit run too
#   make test-long     tests of minutes each: releases under traffic, every step of booking under every disturbance
#   make check         lint, types, import contracts, secrets, hygiene, stale generated files, the templates for AWS
#   make screenshots   pictures of every screen (var/screenshots) and those of the documents (docs/pictures)
#   make lighthouse    what Lighthouse says of the first pages, and how long free times take on a slow line
#   make races         TRIES= moves and holds in each other's way on both databases, every deadlock counted
#   make simulate      whole years of a town in virtual time (SEEDS=, FIRST=), every promise judged
#   make overload      twice as many requests as can be answered, for a minute: who is answered, who is turned away
#   make bench         the product over HTTP against the database alone (FULL=1 takes a million visits); docs/performance.md
#   make hangs         how long bookings take while each provider hangs for minutes (SECONDS= of a turn); docs/providers.md
#   make verification  how far each resource for AWS was checked, into deploy/aws/VERIFICATION.md
#   make growth        what each operation costs as visits, doctors and patients pile up (PAST=10000000); docs/performance.md
#   make types         the OpenAPI document and the web client's types from it
#   make locks         the hashed requirement locks, after a change of requirements/*.in or those of the tests' peers

PORT ?= 8000
PYTHON ?= python3
# Parallel test processes: more than a small machine's two cores, since many tests wait for servers and for time to pass.
JOBS ?= 6

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
VAR := $(or $(OPENHOURS_VAR),var)
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
# Without compiled modules every process starts seconds later.
export PYTHONDONTWRITEBYTECODE :=
# Playwright's own Node needs a shared library that a new Debian lacks.
export PLAYWRIGHT_NODEJS_PATH := $(CURDIR)/$(BIN)/node

WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run test test-slow test-long test-servers test-web test-python screenshots simulate races bench overload growth hangs verification types locks lighthouse
.PHONY: check check-lint check-mypy check-imports check-secrets check-hygiene check-templates check-web

help:
	@sed -n 's/^#   //p' Makefile

# ── the environment ───────────────────────────────────────────────────────────────────────────────────────────────

# uv and Node; everything else is installed by them.
$(STAMPS)/base: requirements/uv.lock requirements/build.lock scripts/link_node.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Openhours needs Python 3.11 or newer: install it, or name it with make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "python3 cannot make virtual environments: apt-get install python3-venv (or your system's equal)"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/uv.lock
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/build.lock
	@$(BIN)/python scripts/link_node.py
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/base requirements/run.lock pyproject.toml
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/run.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base requirements/dev.lock pyproject.toml
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What judges templates, apart from everything else for its many packages.
$(STAMPS)/scan: $(STAMPS)/base requirements/scan.lock
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/scan
	@VIRTUAL_ENV=$(CURDIR)/$(VENV)/scan $(BIN)/uv pip install --quiet --require-hashes -r requirements/scan.lock
	@touch $@

# ── the web client ────────────────────────────────────────────────────────────────────────────────────────────────

web/node_modules/.stamp: $(STAMPS)/base web/package.json web/package-lock.json web/.npmrc
	@cd web && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/.stamp: web/node_modules/.stamp $(WEB_SOURCES)
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@

# ── the commands ──────────────────────────────────────────────────────────────────────────────────────────────────

# Links in pages and messages name the port that is served, unless the settings say otherwise.
ifneq ($(PORT),8000)
run: export OPENHOURS_PUBLIC_URL ?= http://127.0.0.1:$(PORT)
endif

run: $(STAMPS)/run web/dist/.stamp
	@openhours migrate
	@test -e $(VAR)/demonstration || openhours demo && touch $(VAR)/demonstration \
		|| { test $$? -eq 2 && echo "Starting without demonstration data."; }
	@exec openhours serve --port $(PORT)

test: $(STAMPS)/dev web/dist/.stamp test-servers
	@$(MAKE) --no-print-directory test-web
	@$(MAKE) --no-print-directory test-python

test-web: $(STAMPS)/dev web/node_modules/.stamp
	cd web && npm test --silent

test-python: $(STAMPS)/dev web/dist/.stamp
	python -m pytest -q -n $(JOBS)

test-slow: $(STAMPS)/dev web/dist/.stamp test-servers
	python -m pytest -q -m "slow and not long" -n $(JOBS)

# What takes minutes each: releases under traffic, and every step of booking under every disturbance.
test-long: $(STAMPS)/dev web/dist/.stamp test-servers
	python -m pytest -q -m long -n 2

# The peers that stand in for providers; PostgreSQL and a browser, where this machine has none of its own.
test-servers: $(STAMPS)/dev
	@PYTHONPATH=tests python -m servers

screenshots: $(STAMPS)/dev web/dist/.stamp test-servers
	@PYTHONPATH=src:tests python -m browser.screenshots $(VAR)/screenshots --keep docs/pictures

lighthouse: $(STAMPS)/dev web/dist/.stamp test-servers
	@PYTHONPATH=src:tests python -m browser.lighthouse

SEEDS ?= 1
FIRST ?= 0
simulate: $(STAMPS)/dev
	@PYTHONPATH=src:tests python -m simulation.year --seeds $(SEEDS) --first $(FIRST)

TRIES ?= 10000
races: $(STAMPS)/dev test-servers
	@OPENHOURS_TEST_TRIES=$(TRIES) python -m pytest -q tests/contract/sql/test_no_deadlocks.py

overload: $(STAMPS)/dev test-servers
	@PYTHONPATH=src:tests:. python -m bench.overload

FULL ?=
bench: $(STAMPS)/dev test-servers
	@PYTHONPATH=src:tests:. python -m bench $(if $(FULL),--full)

growth: $(STAMPS)/dev test-servers
	@PYTHONPATH=src:tests:. python -m bench.growth $(if $(PAST),--past $(PAST))

SECONDS ?= 8
hangs: $(STAMPS)/dev test-servers
	@PYTHONPATH=src:tests:. python -m bench.hangs --seconds $(SECONDS)

# `make -k check` goes on after the first that fails.
check: check-lint check-mypy check-imports check-secrets check-hygiene check-templates check-web

check-lint: $(STAMPS)/dev
	ruff check .
	ruff format --check --quiet .

check-mypy: $(STAMPS)/dev
	mypy

check-imports: $(STAMPS)/dev
	lint-imports --no-logo

check-secrets: $(STAMPS)/dev
	python scripts/check_secrets.py

check-hygiene: $(STAMPS)/dev
	python scripts/check_hygiene.py

TEMPLATES := network data events web edge observability
check-templates: $(STAMPS)/dev $(STAMPS)/scan
	cfn-lint $(TEMPLATES:%=deploy/aws/%.yaml)
	$(VENV)/scan/bin/checkov --config-file deploy/aws/checkov.yaml $(TEMPLATES:%=--file deploy/aws/%.yaml)

check-web: $(STAMPS)/dev web/node_modules/.stamp
	python scripts/generate_types.py --check
	cd web && npm run --silent lint
	cd web && npm run --silent typecheck

verification: $(STAMPS)/dev test-servers
	@PYTHONPATH=src:tests python -m deployment.verification

types: $(STAMPS)/dev web/node_modules/.stamp
	python scripts/generate_types.py

# Addresses of registries stay out of the locks: each machine has its own.
locks: $(STAMPS)/base
	@cd requirements && for name in uv build run dev scan; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			$$name.in -o $$name.lock || exit 1; \
	done
	@for peer in tests/servers/python/*/; do (cd $$peer && uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.lock) || exit 1; done
