# dateline: `make demo` shows it, `make test` tests it; each sets up what it needs in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold

.PHONY: setup demo test lint check bench gold lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## code three outlets' reports of one affair and show the record
	$(BIN)/dateline code examples/reports --format table

test: setup lint ## lint, types, and all tests (two workers)
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check src tests training
	$(BIN)/mypy

bench: setup ## throughput, memory and linearity on generated news text
	$(BIN)/python tests/bench.py

gold: setup ## every gold set that is there; says which are not
	$(BIN)/python tests/gold.py $(GOLD)

lock: setup ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
