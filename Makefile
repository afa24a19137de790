# yojitsu: `make ingest` reads data/raw into data/parquet, `make refresh` fetches what is new first, `make review` shows the tables, `make test` checks and
# tests. All make .venv themselves.
# Only what is given here is handed over, so that yojitsu.toml and YOJITSU_ variables hold otherwise; through the environment, so that blanks, quotes and
# Japanese names reach the command as they are.
export RAW OUT REVIEW SOURCES EXPORT

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
# A checkout that came with its .venv from another machine, or whose Python was removed, has an environment that does not start.
DEAD := $(if $(wildcard $(STAMP)),$(shell $(BIN)/python -c '' >/dev/null 2>&1 || echo dead))

.DEFAULT_GOAL := help
.PHONY: bench picture help venv compiled ingest refresh export test check review shapes planted docs lock mutants fuzz clean dead

help:
	@echo "make ingest [RAW=folder] [OUT=folder]   read the documents in RAW, write the tables to OUT"
	@echo "make refresh [SOURCES=file] [RAW=] [OUT=]   fetch what is new or changed at the sources into RAW, then the same"
	@echo "make review [RAW=] [OUT=] [REVIEW=folder]   write a page that shows every number of the tables in its document"
	@echo "make export [OUT=] [EXPORT=folder]      write the tables as CSV and XLSX, with their description"
	@echo "make test                               style, types and tests"
	@echo "make check                              style and types alone"
	@echo "make shapes                             make documents of every shape into build/shapes, with what they state, and score the reading of them"
	@echo "make planted                            plant errors in generated documents and count which are found (minutes)"
	@echo "make venv                               make .venv alone, as a scheduler's machine needs it (docs/scheduling.md)"
	@echo "make compiled                           compile what reads documents: half of the time for each page or less, the same tables (needs a C compiler)"
	@echo "make docs                               write what README and docs/*.md show, from data/raw"
	@echo "make picture                            draw docs/review.png, the README's picture of the review page (needs Chromium)"
	@echo "make lock                               write requirements.txt anew from pyproject.toml"
	@echo "make bench [OTHERS=python]              how fast pages are read next to other tools, those of another Python too (minutes)"
	@echo "make mutants                            which changes of the readers of numbers and years no test notices (half an hour)"
	@echo "make fuzz [MINUTES=15] [SEED=1]         mutated documents: whether each gives an outcome; what shows a fault is kept in build/fuzz"
	@echo "make clean                              remove .venv and what the tools left behind"

venv: $(STAMP)

# Once asked for, the compiled modules are kept up with the source: whoever runs an old one without knowing it reads as nobody means to.
COMPILED := $(VENV)/.compiled
READY := $(or $(wildcard $(COMPILED)),$(STAMP))

compiled: $(COMPILED)

$(COMPILED): $(STAMP) setup.py $(shell find extractors pipeline yojitsu -type f -not -name '*.pyc' -not -name '.*')
	@$(BIN)/python -c 'import shutil, sysconfig; cc = (sysconfig.get_config_var("CC") or "cc").split()[0]; raise SystemExit(0 if shutil.which(cc) else f"make compiled needs a C compiler, and {cc} is not there; without it everything works, more slowly")'
	@echo "compiling what reads documents (once for each change of it, three or four minutes)"
	@rm -rf build/compiled build/lib* build/bdist*
	@YOJITSU_COMPILED=1 $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir build/compiled .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --force-reinstall build/compiled/*.whl
	@touch $@

# -P: what is installed runs, which is the checkout itself or its compiled modules.
ingest: $(READY)
	@$(BIN)/python -P -m pipeline ingest $${OUT:+--out "$$OUT"} $${RAW:+-- "$$RAW"}

refresh: $(READY)
	@$(BIN)/python -P -m pipeline refresh $${SOURCES:+--sources "$$SOURCES"} $${OUT:+--out "$$OUT"} $${RAW:+-- "$$RAW"}

review: $(READY)
	@$(BIN)/python -P -m pipeline review $${RAW:+--raw "$$RAW"} $${REVIEW:+--review "$$REVIEW"} $${OUT:+-- "$$OUT"}

export: $(READY)
	@$(BIN)/python -P -m pipeline export $${EXPORT:+--to "$$EXPORT"} $${OUT:+-- "$$OUT"}

test: check
	@$(BIN)/python -m pytest -n auto

check: $(STAMP)
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy --strict pipeline extractors yojitsu

# Chromium prints a part of the documents where it is installed; reportlab prints the rest.
shapes: $(STAMP)
	@$(BIN)/python -m tests.generated build/shapes --per-family 3 --score

bench: $(READY)
	@mkdir -p build
	@$(BIN)/python -m benchmarks.reading --out build/bench.md $(if $(OTHERS),--others "$(OTHERS)")

planted: $(STAMP)
	@$(BIN)/python -m tests.generated.planted --books 2

docs: $(STAMP)
	@$(BIN)/python -m pipeline ingest data/raw --out build/docs/data/parquet --quiet
	@$(BIN)/python -m docs.refresh build/docs

picture: $(STAMP)
	@$(BIN)/python -m docs.picture build/docs

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

# mutmut is needed here alone, hence not in the lock; it sees the libraries of .venv through a path file, which does not name the checkout itself,
# and writes its copy of the tree beside the links that it reads.
MUTANTS := build/mutants
mutants: $(STAMP)
	@rm -rf $(MUTANTS) && $(BIN)/python -m venv $(MUTANTS)/venv && $(MUTANTS)/venv/bin/python -m pip install --quiet --disable-pip-version-check 'mutmut==3.8.*'
	@purelib='import sysconfig; print(sysconfig.get_paths()["purelib"])'; \
	$(BIN)/python -c "$$purelib" > "$$($(MUTANTS)/venv/bin/python -c "$$purelib")/libraries.pth"
	@for name in extractors pipeline tests docs benchmarks pyproject.toml; do ln -s ../../$$name $(MUTANTS)/$$name; done
	@cd $(MUTANTS) && venv/bin/mutmut run
	@$(BIN)/python benchmarks/mutants.py --mutmut $(MUTANTS)/mutants
	@$(BIN)/python benchmarks/mutants.py

fuzz: $(STAMP)
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),15) --seed $(or $(SEED),1)

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find pipeline extractors tests -name __pycache__ -type d -prune -exec rm -rf {} +
