# One command each; `make help` lists them. Needs nothing but make and Python 3.10 or uv.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run train chat test lint format bench bench-nlu bench-import thresholds uv install install-dev browser widget widget-tools second-telegram

# A `uv` on the PATH may be a shim that works in no version: one that cannot say its version is none.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .cache/uv/bin/uv)
BIN := .venv/bin

# What TensorFlow, Rasa and SQLAlchemy tell every user on every start; and nothing is sent home.
export TF_CPP_MIN_LOG_LEVEL := 3
export TF_ENABLE_ONEDNN_OPTS := 0
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install  ## set everything up and start it at http://localhost:5005/chat/
	@exec $(BIN)/ciep run

train: install  ## train the model
	@exec $(BIN)/ciep train

chat: install  ## talk with it in the terminal
	@exec $(BIN)/ciep chat

test: install-dev browser widget-tools second-telegram lint  ## run every test
	@$(BIN)/pytest

lint: install-dev  ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: install-dev  ## mend style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install-dev  ## compare with stock Rasa: speed, CPU, memory
	@$(BIN)/python -m benchmarks

bench-nlu: install-dev  ## compare with stock Rasa: understanding (hours the first time)
	@$(BIN)/python -m benchmarks.nlu

thresholds: install-dev  ## how sure is sure enough: by cross-validation, into docs/understanding.md
	@$(BIN)/python -m benchmarks.thresholds

bench-import: install-dev  ## import 200,000 rows: time, CPU, memory
	@$(BIN)/python -m benchmarks.bringing

uv:
	@$(UV) --version >/dev/null 2>&1 || { \
		echo "Getting uv into .cache/uv ..."; \
		for python in python3.10 python3 python; do \
			if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then break; fi; \
			python=; \
		done; \
		test -n "$$python" || { echo "Python 3.10 is needed; pyenv or uv brings it." >&2; exit 1; }; \
		mkdir -p .cache && echo '*' > .cache/.gitignore && $$python -m venv .cache/uv && .cache/uv/bin/pip install --quiet --disable-pip-version-check uv; }

# --frozen: what the lock says, never resolved anew.
install: uv
	@$(UV) sync --frozen --no-dev --inexact --quiet || { echo "Installing failed; see above." >&2; exit 1; }

install-dev: uv
	@$(UV) sync --frozen --quiet || { echo "Installing failed; see above." >&2; exit 1; }

# What the tests use beside Python: a browser with Chinese and emoji fonts, PostgreSQL and Redis. Got only where
# apt is and we may use it; tests that need what is missing say so and are skipped.
browser:
	@missing=; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fonts-noto-cjk fontconfig"; \
	fc-list :charset=1f44d 2>/dev/null | grep -q . || missing="$$missing fonts-noto-color-emoji"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing what the tests use:$$missing ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
			|| echo "Not all could be installed; the tests that need it are skipped." >&2; \
	fi

widget:  ## build the website's script
	@cd widget && npm ci --silent && npm run --silent build

widget-tools:
	@if command -v npm >/dev/null; then cd widget && npm ci --silent; \
	else echo "No npm: the widget's own checks are skipped." >&2; fi

# tg-auto-test runs on no Python as old as Rasa's. pyenv shows a newer one only to who asks for it.
second-telegram: uv
	@export PYENV_VERSION=3.12; \
	{ $(UV) venv --quiet --allow-existing --python 3.12 .cache/second-telegram \
		&& $(UV) pip sync --quiet --require-hashes --python .cache/second-telegram \
			tests/telegram/second_telegram.txt; } 2>/dev/null \
		|| { rm -rf .cache/second-telegram; \
			echo "No tg-auto-test, or no Python 3.12 for it: Telegram's second opinion is skipped." >&2; }
