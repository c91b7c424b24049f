# Torget's commands. `make help` lists them. Only git, make and Python 3.11+ (with venv) are needed to begin.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: help setup demo demo-reset test test-postgres test-js e2e lint types format messages lock bench screenshots clean

help: ## List the commands
	@grep -E '^[a-z0-9-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: .venv/ready ## Set up only: the virtual environment and the translations

.venv/ready: requirements-dev.lock locale/sv/LC_MESSAGES/django.po
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Torget needs Python 3.11 or newer; PYTHON=… names one."; exit 1; }
	@test -x $(PY) || { echo "[1/3] Making .venv …"; $(PYTHON) -m venv .venv; }
	@echo "[2/3] Installing what Torget is built on (about a minute the first time) …"
	@.venv/bin/pip install --disable-pip-version-check --require-hashes --progress-bar on -r requirements-dev.lock 2>&1 | \
		awk '/^Collecting|^Downloading/ {printf "\r      %-70.70s", $$0; fflush()} /^ERROR/ {print} END {print ""}'
	@echo "[3/3] Compiling the Swedish texts …"
	@.venv/bin/pybabel --quiet compile -D django -d locale
	@touch $@

demo: setup ## Set up and show the product with demo data on http://localhost:8000
	@TORGET_DEMO=1 $(PY) manage.py demo --port $(PORT)

demo-reset: setup ## The same, from a fresh database
	@rm -rf var/torget.sqlite3* var/media var/mail
	@TORGET_DEMO=1 $(PY) manage.py demo --port $(PORT)

test: setup test-js ## Set up and pass the tests on SQLite (browser tests where Chromium is found)
	@env -u DATABASE_URL $(PY) -m pytest -n auto --dist worksteal

test-postgres: setup ## The same tests on PostgreSQL (POSTGRES_URL)
	@DATABASE_URL=$(POSTGRES_URL) $(PY) -m pytest -n auto --dist worksteal -m "not browser"

test-js: ## The browser code's pure parts, where Node.js is found
	@if [ "$$(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ]; then \
		mkdir -p test-results; \
		node --test tests/js/*.test.mjs > test-results/js.txt || { cat test-results/js.txt; exit 1; }; \
		echo "JavaScript tests passed."; \
	else echo "JavaScript tests skipped: there is no Node.js 20 or newer on this machine."; fi

e2e: setup ## Browser tests only; Chromium must be there
	@TORGET_BROWSER_TESTS=required $(PY) -m pytest -m browser

lint: setup ## Style, templates, types, import rules, migrations, deployment check, translations
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m tests.deploy_check
	@$(PY) -m tests.catalogue

format: setup ## Put the code in the house's form
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

messages: setup ## Gather the texts to translate (needs GNU gettext) and compile them
	@$(PY) manage.py makemessages -l sv --no-location --no-wrap --ignore=.venv --ignore=tests --ignore=var
	@.venv/bin/pybabel --quiet compile -D django -d locale

lock: setup ## Lock the dependencies anew (needs uv); the files name no host
	@for extra in "" dev; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header $${extra:+--extra $$extra} -o requirements$${extra:+-$$extra}.lock pyproject.toml; done

bench: setup ## Measure; prints JSON
	@$(PY) -m tests.bench

screenshots: setup ## Pictures of the main pages at 390 and 1280 px in test-results/screenshots
	@$(PY) -m tests.browser.screenshots

clean: ## Remove what was built; var/ (the demo's data) stays
	@rm -rf .venv test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis
