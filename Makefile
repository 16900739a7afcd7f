# make run · make test · make demo: they install what they need into .venv first.
# HOST=0.0.0.0 PORT=8080 DEMO=0 change what `make run` serves; PYTHON=python3.12 which Python is used.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$p && exit; done; echo python3)
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 1
WORKERS ?= 3
RUN = .venv/bin/python
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"
export HOST PORT DEMO

.PHONY: run test demo bench install install-dev lock lint messages

run: install
	@exec $(RUN) manage.py serve

test: install-dev
	@exec $(RUN) -m pytest -q -n $(WORKERS) $(ARGS)

demo: install
	@exec $(RUN) manage.py demo

# What an entry costs the server, beside the bare statements; needs PostgreSQL and Redis installed.
bench: install-dev
	@exec $(RUN) -m tests.load.bench $(ARGS)

install:
	@$(PYTHON) config/install.py requirements.txt

install-dev:
	@$(PYTHON) config/install.py requirements-dev.txt

# Needs uv; the outputs name no index and no machine.
lock:
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@$(COMPILE) --group node -o requirements-node.txt

lint: install-dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

# Brings the translations up to what the code says, and names the sentences that lack one.
messages: install
	@$(RUN) manage.py messages
