# Each target is one command that can also be typed by hand, with the environment's Python.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat index test eval reader clean

chat: .venv/runtime
	$(BIN)/python -m app chat

index: .venv/runtime
	$(BIN)/python -m app index

test: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

eval: .venv/evaluation
	$(BIN)/python -m app eval tests/quality/gold.jsonl --corpus corpus

# Trains the reader anew: make reader DATA=folder-of-question-sets
reader: .venv/evaluation
	$(BIN)/python -m index.reader.train $(DATA)

clean:
	rm -rf .venv .index .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis artefacts

.venv/runtime: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/evaluation: requirements.txt requirements-eval.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-eval.txt
	@touch $@

.venv/development: requirements.txt requirements-eval.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
