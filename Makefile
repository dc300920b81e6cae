# make setup   install what both requirements files name into .venv, once
# make demo    watch a network forget (4 to 10 minutes)
# make test    the tests and the linter
# make bench   what it all costs beyond the plain network (some minutes)
# make reproduce       every command behind the first table of results: DATA=the folder with cifar10/;
#                      4 hours on two cores; stop it when you like, the same again goes on
# make reproduce-full  the same on all of CIFAR-10

PYTHON ?= python3
DATA ?= data
BIN := .venv/bin

.PHONY: setup demo bench test reproduce reproduce-full
setup: .venv/installed

.venv/installed: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv || { echo 'error: no venv. Fix: apt install python3-venv' >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		-r requirements.txt -r requirements-dev.txt
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c 'import forget, reproduce.results'  # compiled once
	touch $@

demo: setup
	PATH="$(CURDIR)/$(BIN):$$PATH" bash reproduce/demo.sh

bench: setup
	$(BIN)/python -m reproduce.bench

reproduce: setup
	$(BIN)/python -m reproduce.experiments small --data_path='$(DATA)'
	$(BIN)/python -m reproduce.cards results/small

reproduce-full: setup
	$(BIN)/python -m reproduce.experiments full --data_path='$(DATA)'

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist=worksteal
