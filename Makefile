# Two commands do all set-up: `make bench` and `make test`. Both share one environment, .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
BUILD  := build
GATED_PAGES := byline-starts cue-rules xy-cut-heads text-tiling-lexical
GATED  := all-in-one each-line blank-line-blocks headline-starts byline-starts cue-rules empty characters whole-runs oracle

.PHONY: bench test lint types speed models board gate baselines results datasheet clean help

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "[1/5] environment: $(VENV) (packages from the package index, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench,dev]'
	@touch $@

bench: $(READY) ## environment, data set, benchmark with the embedded systems, report
	@echo "[2/5] checking corpus and annotations"
	@$(BIN)/banmian validate .
	@echo "[3/5] building the data set"
	@$(BIN)/banmian build . --output $(BUILD)/dataset
	@echo "[4/5] running the embedded systems"
	@$(BIN)/banmian-bench run --embedded --data $(BUILD)/dataset --output $(BUILD)/results
	@$(BIN)/banmian-bench run --embedded --data $(BUILD)/dataset --split test --output $(BUILD)/results
	@echo "[5/5] report"
	@$(BIN)/banmian-bench report $(BUILD)/results --output $(BUILD)/results --html --data $(BUILD)/dataset
	@echo "data set: $(BUILD)/dataset"
	@echo "records:  $(BUILD)/results"

test: lint types $(READY) ## lint, types, the data's own validity, tests
	@$(BIN)/banmian validate .
	@$(MAKE) --no-print-directory gate
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

speed: $(READY) ## micro-benchmarks of our own code
	@$(BIN)/python -m pytest benchmarks/speed --benchmark-json=$(BUILD)/speed.json --benchmark-timer=time.process_time

models: $(READY) ## train our own baselines on the train split (minutes; kept until the data change)
	@$(BIN)/banmian build . --output $(BUILD)/dataset > /dev/null
	@$(BIN)/banmian-bench train --all --data $(BUILD)/dataset

board: models ## every entrant that is installed, all tasks, splits and views; resumes
	@$(BIN)/banmian-bench board --data $(BUILD)/dataset --output $(BUILD)/board --submissions benchmarks/submissions --html

results: models ## the board into benchmarks/results, and the README's tables from it
	@$(BIN)/banmian-bench board --data $(BUILD)/dataset --output benchmarks/results --submissions benchmarks/submissions
	@$(BIN)/banmian-bench report benchmarks/results --readme README.md

gate: $(READY) ## run the deterministic systems and hold them against benchmarks/baselines
	@$(BIN)/banmian build . --output $(BUILD)/dataset > /dev/null
	@$(BIN)/banmian-bench run $(GATED) --data $(BUILD)/dataset --output $(BUILD)/gated > /dev/null
	@$(BIN)/banmian-bench run $(GATED_PAGES) --data $(BUILD)/dataset --split test --output $(BUILD)/gated > /dev/null
	@$(BIN)/banmian-bench gate $(BUILD)/gated --baseline benchmarks/baselines --policy benchmarks/gate.toml

baselines: ## take the gated systems' present results as the baseline; lowers nothing
	@$(BIN)/banmian-bench gate $(BUILD)/gated --baseline benchmarks/baselines --accept

datasheet: $(READY) ## renew the generated tables of DATASHEET.md
	@$(BIN)/banmian describe --datasheet DATASHEET.md
	@$(BIN)/banmian agree --datasheet DATASHEET.md > /dev/null

clean: ## remove what was built; keeps the environment
	rm -rf $(BUILD) .pytest_cache .mypy_cache .ruff_cache .hypothesis
