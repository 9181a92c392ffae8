# The two commands that matter: `make run` and `make test`. `make help` lists all.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
# torch's build is yours to choose, e.g. make run TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH  ?= torch torchvision
TORCH_INDEX ?=
PIP    := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help install run test check lint format types viz docs package browser clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed ## make .venv with the project and its anomalib and yolo extras

$(VENV)/.torch: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX) --extra-index-url https://pypi.org/simple)
	@touch $@

$(VENV)/.installed: $(VENV)/.torch pyproject.toml
	$(PIP) -e ".[anomalib,yolo]"
	@touch $@

# In one go, not on top of `.installed`: pip takes a minute to look at all packages once more.
$(VENV)/.developer: $(VENV)/.torch pyproject.toml $(wildcard examples/*/pyproject.toml)
	$(PIP) -e ".[anomalib,yolo,viz,docs,dev]" -e examples/iadbe-brightness -e examples/iadbe-autoencoder
	@touch $(VENV)/.installed $@

run: $(VENV)/.installed ## run the demo benchmark and say where its report lies
	$(BIN)/kedro run

# A file's tests stay together: they share what is costly to make.
PARALLEL := -n logical --maxprocesses 4 --dist loadfile

test: lint types browser ## lint, types and all tests
	$(BIN)/python -m pytest $(PARALLEL)

check: lint types ## lint, types and the fast tests
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow"

lint: $(VENV)/.developer ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.developer ## ruff, mending
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.developer ## mypy, strict
	$(BIN)/mypy

browser: ## Chromium for the tests that look at pages
	@command -v chromium chromium-browser google-chrome >/dev/null \
	 || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null) \
	 || echo "no Chromium: the tests that need one will be skipped"

viz: $(VENV)/.developer ## open the pipeline in kedro-viz
	$(BIN)/kedro viz run

# The demo's results, made if there are none; `make run` brings them up to date.
REPORT := data/08_reporting/demo/report.html
$(REPORT): | $(VENV)/.installed
	$(BIN)/kedro run

docs: $(VENV)/.developer $(REPORT) ## the documentation as a site in site/, with the demo's report and pipeline
	rm -rf site build
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/kedro viz build --include-previews
	sed -i '/fonts\.g/d' build/index.html # fonts of the system: none is fetched
	mv build site/pipeline
	mkdir site/demo && cp $(REPORT) site/demo
	@echo "open site/index.html, or: $(BIN)/python -m http.server -d site"

package: $(VENV)/.developer ## wheel and configuration archive in dist/
	$(BIN)/kedro package

clean: ## remove the environment, caches and everything computed; raw data stay
	rm -rf $(VENV) dist build site .mypy_cache .ruff_cache .pytest_cache .viz
	find data -mindepth 2 -not -name .gitkeep -not -path 'data/01_raw/*' -delete
