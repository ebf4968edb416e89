# The commands to remember: make run, make test, make check.
# Another Python: make run PYTHON=python3.12. Another port: make run PORT=8001.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
PYTEST := $(BIN)/pytest -q --numprocesses $(WORKERS) --dist worksteal
TEMPLATES := templates
export PYTHONUTF8 := 1
# Compiled code is kept, also where the environment forbids it: the tests start many processes.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run env test test-sqlite test-services check lint format-check types templates layers \
	migrations-check messages-check lock-check format messages rights seed guide bench lock clean

help:
	@echo "make run    start the site with the demo municipality on http://127.0.0.1:8000/"
	@echo "make test   run all tests: on SQLite, then on PostgreSQL and Redis"
	@echo "make check  what CI runs: style, types, layers, messages, tests"
	@echo "Also: format messages rights seed guide bench lock clean, and each step of check:"
	@echo "lint format-check types templates layers migrations-check messages-check lock-check"

run:
	@$(PYTHON) site/config/bootstrap.py run && exec $(BIN)/python -m config.supervisor

env:
	@$(PYTHON) site/config/bootstrap.py dev

test: test-sqlite test-services

test-sqlite: env
	$(PYTEST)

test-services: env
	$(BIN)/python -m tests.harness.on_services $(PYTEST)

check: lint format-check types templates layers migrations-check messages-check lock-check test

lint: env
	$(BIN)/ruff check .

format-check: env
	$(BIN)/ruff format --check .

types: env
	$(BIN)/mypy

templates: env
	$(BIN)/djlint $(TEMPLATES) --lint --quiet
	$(BIN)/djlint $(TEMPLATES) --check --quiet

layers: env
	$(BIN)/lint-imports

migrations-check: env
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

messages-check: env
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py messages --check
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py admin_messages --check

lock-check: env
	$(BIN)/python -m pytest -q tests/config/test_locks.py

format: env
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djlint $(TEMPLATES) --reformat --quiet
	-$(BIN)/djlint $(TEMPLATES) --reformat --quiet   # settles what the first pass moved

rights: env
	FILL_IN_RIGHTS=1 $(BIN)/pytest -q tests/accounts/test_rights.py  # one process hears all roles

messages: env
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py messages
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py admin_messages

seed: env
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py demo

# Takes the pictures of docs/editors/ again; make guide ONLY="aflys flyt" takes a few.
guide: env
	$(BIN)/python -m tests.harness.guide_pictures $(ONLY)

bench: env
	$(BIN)/python manage.py bench
	$(BIN)/python manage.py bench_sending

# A lock names versions and hashes for every platform, never a package index.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml
lock: env
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage var/test
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
