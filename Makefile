# The two commands of the README are `make demo` and `make test`; the rest is for whoever builds.
SHELL := /bin/bash
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export SAMVERKAN_DATA ?= $(CURDIR)/data/demo
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help demo demo-reset test test-sqlite test-postgres check format pictures bench docs lock vendor messages

help:
	@echo "make demo        a living municipality at http://127.0.0.1:$(PORT) (PORT=8123 takes another port)"
	@echo "make demo-reset  start the demo over"
	@echo "make test        all tests, with what they need installed"
	@echo "make check       format, lint, types, layers, migrations, translations, docs"
	@echo "make pictures    a picture of every main page, in docs/pictures"
	@echo "make bench       the promises of docs/performance.md, measured again"
	@echo "make docs        the documentation, in docs/_build/html"

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	scripts/install runtime

$(VENV)/.dev: requirements/dev.txt pyproject.toml
	scripts/install dev

demo: $(VENV)/.runtime
	@$(BIN)/python scripts/compile_messages.py
	@$(BIN)/samverkan demo --port $(PORT)

demo-reset: $(VENV)/.runtime
	@$(BIN)/samverkan demo --reset --no-serve

messages: $(VENV)/.runtime
	@$(BIN)/python scripts/compile_messages.py

test: $(VENV)/.dev
	scripts/system-packages
	@$(BIN)/python scripts/compile_messages.py
	scripts/test

check: $(VENV)/.dev
	scripts/system-packages
	@$(BIN)/python scripts/compile_messages.py
	scripts/check

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(VENV)/.dev
	scripts/system-packages
	@$(BIN)/python scripts/compile_messages.py
	$(BIN)/python -m scripts.pictures

bench: $(VENV)/.dev
	scripts/bench

docs: $(VENV)/.dev
	$(BIN)/sphinx-build -W -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

vendor: $(VENV)/.dev
	$(BIN)/python scripts/vendor.py

lock:
	scripts/lock
