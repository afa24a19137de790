# yojitsu: `make ingest` reads data/raw into data/parquet, `make test` checks and tests. Both make .venv themselves.
RAW ?= data/raw
OUT ?= data/parquet
# Handed over through the environment, so that blanks, quotes and Japanese names reach the command as they are.
export RAW OUT

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
# A checkout that came with its .venv from another machine, or whose Python was removed, has an environment that does not start.
DEAD := $(if $(wildcard $(STAMP)),$(shell $(BIN)/python -c '' >/dev/null 2>&1 || echo dead))

.DEFAULT_GOAL := help
.PHONY: help ingest test check planted docs lock clean dead

help:
	@echo "make ingest [RAW=folder] [OUT=folder]   read the documents in RAW, write the tables to OUT"
	@echo "make test                               style, types and tests"
	@echo "make check                              style and types alone"
	@echo "make planted                            plant errors in generated documents and count which are found (minutes)"
	@echo "make docs                               write what README and docs/*.md show, from data/raw"
	@echo "make lock                               write requirements.txt anew from pyproject.toml"
	@echo "make clean                              remove .venv and what the tools left behind"

ingest: $(STAMP)
	@$(BIN)/python -m pipeline ingest --out "$$OUT" -- "$$RAW"

test: check
	@$(BIN)/python -m pytest

check: $(STAMP)
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy --strict pipeline extractors

planted: $(STAMP)
	@$(BIN)/python -m tests.generated.planted --books 2

docs: $(STAMP)
	@$(BIN)/python -m pipeline ingest data/raw --out build/docs/data/parquet --quiet
	@$(BIN)/python -m docs.refresh build/docs

# The first Python that is new enough; a clear sentence where there is none.
define FIND_PYTHON
find_python() { \
	for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo "$$name"; return; fi; \
	done; \
	echo "yojitsu needs Python 3.11 or newer with its venv module; none of python3.13, python3.12, python3.11, python3 is one. Name one with PYTHON=..." >&2; \
	return 1; \
}
endef

# Built from nothing whenever the locked requirements or the project file are newer: what is installed is what is locked, no more.
$(STAMP): requirements.txt pyproject.toml $(DEAD)
	@$(FIND_PYTHON); python=$$(find_python) || exit 1; \
	echo "making $(VENV) with $$python (once, about a minute)"; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# uv is needed for locking alone, hence not in the lock. It leaves no address of an index in the file; a test watches that.
lock:
	@$(FIND_PYTHON); python=$$(find_python) || exit 1; \
	rm -rf build/lock && "$$python" -m venv build/lock && build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
		--custom-compile-command "make lock" --output-file requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find pipeline extractors tests -name __pycache__ -type d -prune -exec rm -rf {} +
