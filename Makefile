# Every target sets up what it needs. `make` alone lists them.
#
#   PYTHON=python3.13   the interpreter to use; it gets a .venv of its own, so switching costs nothing
#   PORT=8000           where `make serve` listens
#   ARGS="-k store"     passed on to pytest by `make test`
#   NEWEST=yes          the newest versions of everything instead of the locked ones, in a .venv of their own

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
VENV := .venv$(if $(PYTHON),-$(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2] + sys.abiflags)' 2>/dev/null))$(if $(NEWEST),-newest)
# Always `python -m`: the scripts beside it stop working when somebody renames the folder.
BIN  := $(VENV)/bin
UV   := 0.13.9

# Material prints a notice about its own end of life on every build.
export NO_MKDOCS_2_WARNING := 1

# The first interpreter that really starts (a shim on PATH may only complain), is new enough and can make a .venv.
FIND_PYTHON = for name in $(or $(PYTHON),python3 python python3.15 python3.14 python3.13 python3.12 python3.11); do \
	if "$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo "$$name"; exit 0; fi; done; \
	echo "No Python 3.11 or newer with venv found (tried: $(or $(PYTHON),python3, python, python3.11 to python3.15))." >&2; \
	echo "Install one, for example 'apt-get install python3 python3-venv', or name it: make $(or $(MAKECMDGOALS),help) PYTHON=/path/to/python3" >&2; \
	exit 1

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# All requirements of pyproject.toml, without their versions.
UNPINNED = $(BIN)/python -c 'import re, tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(re.sub("==[^ ;\n]+", "", "\n".join(sum(project["optional-dependencies"].values(), project["dependencies"]))))'
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Installs a set of which some platform or interpreter has no wheels, or says what is missing without it.
WHERE_POSSIBLE = @$(PIP_INSTALL) --only-binary :all: --require-hashes -r requirements-$(1).lock || echo $(2) >&2

$(VENV)/.ready: requirements.lock requirements-gevent.lock requirements-services.lock pyproject.toml
	@python=$$($(FIND_PYTHON)) && echo "Setting up $(VENV) with $$($$python --version) …" && "$$python" -m venv $(VENV)
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(call WHERE_POSSIBLE,gevent,"gevent cannot be installed here: pages show the recordings in the repository instead.")
	$(call WHERE_POSSIBLE,services,"Redis or MPI or Dask or py-spy cannot be installed here: pages show the recordings in the repository instead.")
	@$(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.ready requirements-tools.lock
	$(call WHERE_POSSIBLE,tools,"The programs that check workflows and links cannot be installed here: what they check is left out.")
	$(if $(NEWEST),@$(UNPINNED) > $(VENV)/newest.txt && $(PIP_INSTALL) --upgrade --upgrade-strategy eager -r $(VENV)/newest.txt)
	@touch $@

.PHONY: serve
serve: $(VENV)/.ready ## read the site at http://127.0.0.1:8000/ (PORT= changes it); it follows your edits
	@$(BIN)/python -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

.PHONY: build
build: $(VENV)/.ready ## build the site into site/
	@$(BIN)/python -m mkdocs build --strict

.PHONY: test
test: $(VENV)/.tools ## run the tests (ARGS="-k store" picks some)
	@$(BIN)/python -m pytest $(ARGS)

.PHONY: faults
faults: $(VENV)/.tools ## break engine and site on purpose: killed, full, damaged, changed, missing, and anything as input
	@LIVE_TESTS_EXAMPLES=$${LIVE_TESTS_EXAMPLES:-many} $(BIN)/python -m pytest tests/faults tests/properties $(ARGS)

.PHONY: held-up
held-up: $(VENV)/.ready ## which programs say something else when their threads are held up (ARGS="--seconds 0.2 locks")
	@$(BIN)/python -m tests.held_up $(ARGS)

.PHONY: soak
soak: $(VENV)/.tools ## edit a served site 500 times, and see that nothing accumulates (LIVE_SOAK_SEED= repeats a run)
	@LIVE_SOAK_EDITS=$${LIVE_SOAK_EDITS:-500} $(BIN)/python -m pytest -n0 -s -o faulthandler_timeout=3600 tests/faults/test_soak.py $(ARGS)

.PHONY: lighthouse
lighthouse: build ## ask Lighthouse about some pages (needs npm and a Chromium)
	@npm ci --prefix tests/lighthouse --no-audit --no-fund --silent || echo "Lighthouse cannot be installed here." >&2
	@LIVE_TESTS_STORE=$(CURDIR)/.cache/live $(BIN)/python -m pytest tests/lighthouse

.PHONY: speed
speed: build ## measure with Lighthouse how fast pages are on a simulated phone (ONLY="locks/ en/" picks some)
	@npm ci --prefix tests/lighthouse --no-audit --no-fund --silent || echo "Lighthouse cannot be installed here." >&2
	@$(BIN)/python -m tests.lighthouse.speed $(ONLY)

# Not every platform has all of them.
CHECKED_BY = @if [ -x $(BIN)/$(1) ]; then $(2) $(BIN)/$(1) $(3); else echo "lint: left out, as it is not here: $(1)" >&2; fi

.PHONY: lint
lint: $(VENV)/.tools ## check code, Markdown, YAML, workflows, Chinese typography and that both languages show the same things
	@$(BIN)/python -m ruff format --check --quiet . || { echo "Mend it with: make format"; exit 1; }
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m yamllint --strict .
	@$(BIN)/python -m pymarkdown scan --recurse docs deploy *.md
	@$(BIN)/python -m live.pages.typography
	@$(BIN)/python -m live.translating --check
	$(call CHECKED_BY,actionlint,$(BIN)/python,-shellcheck= -pyflakes=)
	$(call CHECKED_BY,zizmor,,--offline --quiet --no-progress --pedantic .)
	$(call CHECKED_BY,hadolint,,Dockerfile)
	@echo "lint: clean"

.PHONY: format
format: $(VENV)/.ready ## mend what can be mended by a tool
	@$(BIN)/python -m ruff check --quiet --fix . || true
	@$(BIN)/python -m ruff format --quiet .
	@$(BIN)/python -m live.pages.typography --mend

# `make new-snippet locks/take_turns`: the second word is no target, but the name.
ifneq (,$(filter new-snippet new-page exercise,$(firstword $(MAKECMDGOALS))))
NAME ?= $(word 2,$(MAKECMDGOALS))
ifneq (,$(NAME))
.PHONY: $(NAME)
$(NAME): ;@:
endif
endif

.PHONY: new-snippet
new-snippet: $(VENV)/.ready ## begin a program: make new-snippet locks/take_turns (PAGE=locks.md)
	@$(BIN)/python -m live.contributing snippet '$(NAME)' $(if $(PAGE),--page '$(PAGE)')

.PHONY: new-page
new-page: $(VENV)/.ready ## begin a page: make new-page thread-pools
	@$(BIN)/python -m live.contributing page '$(NAME)'

.PHONY: exercise
exercise: $(VENV)/.ready ## list the exercises, or mend one: make exercise locks/two_withdrawals
	@$(BIN)/python -m live.exercising $(if $(NAME),'$(NAME)')

.PHONY: check
check: lint build ## what to run before you send a change: lint, build, and the tests of pages and programs
	@LIVE_TESTS_STORE=$(CURDIR)/.cache/live $(BIN)/python -m pytest tests/snippets tests/site/test_site.py tests/site/test_notes.py \
		tests/translating tests/contributing $(ARGS)

.PHONY: translations
translations: $(VENV)/.ready ## list what is not translated or out of date (ACCEPT=locks.md\#lock or TYPO=… settles it)
	@$(BIN)/python -m live.translating $(if $(ACCEPT),--accept '$(ACCEPT)') $(if $(TYPO),--typo '$(TYPO)')

.PHONY: bench
bench: $(VENV)/.ready ## measure builds, recorder, growth and endings, as ratios (ONLY="recorder scale" picks some)
	@$(BIN)/python -m tests.bench $(ONLY)

.PHONY: summary
summary: $(VENV)/.ready ## sum up what changed since BASE=main, how long programs ran and how heavy pages are, after a build
	@$(BIN)/python -m live.reviewing $(if $(BASE),--base '$(BASE)') $(if $(BEFORE),--before '$(BEFORE)') \
		$(if $(KEEP),--keep '$(KEEP)') $(if $(TO),--to '$(TO)')

.PHONY: record
record: $(VENV)/.ready ## renew the recordings in the repository, for machines that lack what a program needs
	@$(BIN)/python -m live record

.PHONY: picture
picture: build ## take the pictures in README anew (needs a Chromium)
	@$(BIN)/python -m tests.picture

.PHONY: outdated
outdated: $(VENV)/.tools ## list what there are newer versions of (make test NEWEST=yes tries them)
	@$(BIN)/python -m pip list --disable-pip-version-check --outdated

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: lock
lock: $(VENV)/.ready ## renew requirements*.lock from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(COMPILE) --no-emit-package gevent --output-file requirements.lock pyproject.toml
	@grep -o 'gevent==[0-9.]*' pyproject.toml | $(COMPILE) --constraint requirements.lock --output-file requirements-gevent.lock -
	@for set in services tools; do \
		$(BIN)/python -c 'import sys, tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")' $$set \
		| $(COMPILE) --constraint requirements.lock --output-file requirements-$$set.lock - || exit 1; done

.PHONY: clean
clean: ## remove everything that was made: .venv*, .cache, site
	@rm -rf .venv .venv-* .cache site .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find live snippets tests -name __pycache__ -type d -prune -exec rm -rf {} +
