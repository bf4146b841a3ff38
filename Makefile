# The project's commands; README.md tells what each is for.
# Other settings come from the environment: see config/settings.py.

PYTHON ?= python3
PORT ?= 8000
export PORT

BIN := .venv/bin
RUNTIME := .venv/runtime.stamp
TEST := .venv/test.stamp
DEMO := fixtures/ukraine_kursk.json

.PHONY: run test check lock fixture

run: $(RUNTIME)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py prepare_demo
	@exec $(BIN)/python -m uvicorn config.asgi:application --host 127.0.0.1 --port $(PORT) \
		--no-server-header --no-access-log --log-level warning --timeout-graceful-shutdown 5

test: $(TEST)
	@echo "== SQLite"
	@TEST_DATABASE=sqlite $(BIN)/python -m pytest $(PYTEST)
	@echo "== PostgreSQL"
	@TEST_DATABASE=postgresql $(BIN)/python -m pytest -m "not browser and not any_database" $(PYTEST)

check: $(TEST)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files 'templates/*.html' 'liveblog/*.html' | xargs -r $(BIN)/djade --check --target-version 5.2
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@DEBUG=0 SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
		ALLOWED_HOSTS=live.example.org SITE_URL=https://live.example.org SITE_NAME=Example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

# Both locks anew, from pyproject.toml.
lock: $(RUNTIME)
	@$(PYTHON) -m venv .local/uv && .local/uv/bin/pip install --quiet uv
	@.local/uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes \
		--python-version 3.11 --no-annotate --no-header pyproject.toml -o requirements.lock
	@.local/uv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --extra test \
		--python-version 3.11 --no-annotate --no-header pyproject.toml -o tests/requirements.lock

fixture: $(RUNTIME)
	@$(BIN)/python manage.py build_fixture fixtures/ukraine-kursk.txt --slug ukraine-kursk \
		--date 2024-10-25T10:00 --every 20 --timezone Europe/Madrid --language en -o $(DEMO)

$(RUNTIME): requirements.lock
	@$(MAKE) --no-print-directory .venv/bin/pip
	@echo "Installing what requirements.lock names …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(TEST): tests/requirements.lock
	@$(MAKE) --no-print-directory .venv/bin/pip
	@echo "Installing what tests/requirements.lock names …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@ $(RUNTIME)

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Liveblog needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
