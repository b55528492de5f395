# `make demo` and `make test` start from nothing but git, make, Python 3.11 or newer and a package index.
# A second run skips what is done: stamps in .venv say which requirements are installed.

PORT ?= 8000
# the port is 127.0.0.1's: a demonstration is for the person who started it
ADDRESS = 127.0.0.1:$(PORT)

VENV = .venv
RUN = $(VENV)/bin/python
PIP = $(RUN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
FONTS = static/fonts/amiri-regular.woff2

export PYTHONUTF8 = 1

.DEFAULT_GOAL = help
.PHONY: help demo test longtest lint format fonts locale pins screenshots clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile | awk -F': ' '{ printf "make %-11s %s\n", $$1, $$2 }'

demo: $(VENV)/runtime $(FONTS) ## serve the sample collection at http://127.0.0.1:8000 (PORT= for another)
	@$(RUN) -m tools.port $(PORT)
	$(RUN) manage.py migrate --verbosity 0
	$(RUN) manage.py load_names sample/names.toml
	$(RUN) manage.py ingest sample/raw
	$(RUN) manage.py collectstatic --no-input --verbosity 0
	@$(RUN) -m tools.admin http://$(ADDRESS)/
	@exec $(RUN) -m gunicorn config.wsgi --config config/gunicorn.py --bind $(ADDRESS)

test: lint ## check and test everything
	$(RUN) -m pytest -n 2

longtest: $(VENV)/dev $(FONTS) ## the tests that take minutes each, on real collections where they are
	$(RUN) -m pytest -n 2 -m long

lint: $(VENV)/dev $(FONTS) ## check style and types
	$(RUN) -m ruff check --quiet .
	$(RUN) -m ruff format --check --quiet .
	$(RUN) -m mypy

format: $(VENV)/dev ## put the code in its style
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

fonts: $(FONTS) ## make the web fonts

locale: $(VENV)/runtime ## collect and compile the translations (needs GNU gettext)
	$(RUN) manage.py makemessages --locale ar --ignore .venv --ignore var --ignore tests --no-wrap
	$(RUN) manage.py compilemessages --locale ar --ignore .venv --ignore var

PIN = $(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

pins: $(VENV)/dev ## pin the newest versions that the requirements allow
	$(RUN) -m pip install --quiet uv
	$(PIN) requirements.in --output-file requirements.txt
	$(PIN) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt

screenshots: $(VENV)/dev ## picture the archive served at http://127.0.0.1:8000 (PORT=) for the README
	$(RUN) -m tools.screenshots http://$(ADDRESS)/

clean: ## remove what the Makefile made; the archive in var/ stays
	rm -rf $(VENV) static/fonts staticfiles .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made: tools/make_venv
	@sh tools/make_venv $(VENV) $(PYTHON)
	@touch $@

$(VENV)/runtime: requirements.txt $(VENV)/made
	$(PIP) -r requirements.txt
	@touch $@

# the pins for development hold the runtime ones
$(VENV)/dev: requirements-dev.txt requirements.txt $(VENV)/made
	$(PIP) -r requirements-dev.txt
	@touch $(VENV)/runtime $@

$(FONTS): tools/fonts.py requirements.txt | $(VENV)/runtime
	$(RUN) -m tools.fonts
	@touch $@
