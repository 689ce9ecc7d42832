# The two commands are `make demo` and `make test`; each sees to what it needs. Nothing outside this folder is changed, save
# what cargo itself downloads. `make demo PROFILE=release` builds the demo with optimisation.

PROFILE ?= dev
CARGO   ?= cargo
# The whole workspace is built at once, so that `make test` finds every crate built as it needs it.
BUILT   := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))
GRILLE  := $(BUILT)/grille

.PHONY: help demo test bench lint setup need-cargo need-cc

help:
	@echo "make demo    check, test and score the example, and show why it scored so"
	@echo "make test    every test"
	@echo "make bench   the benchmarks"
	@echo "make lint    formatting and lints, warnings denied"

demo: setup
	$(CARGO) build --locked --profile $(PROFILE) --workspace
	@echo; echo "== the criteria: examples/accueil.grille"
	$(GRILLE) check examples/accueil.grille
	@echo; echo "== their own tests"
	$(GRILLE) test examples/accueil.grille
	@echo; echo "== the score of examples/appel.json"
	$(GRILLE) score --criteria examples/accueil.grille examples/appel.json
	@echo; echo "== and why"
	$(GRILLE) explain --criteria examples/accueil.grille examples/appel.json

# Documentation examples are tests too; nextest does not run them, `cargo test` does.
test: setup
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		$(CARGO) test --doc --workspace --locked --no-fail-fast && \
		$(CARGO) nextest run --workspace --locked --no-fail-fast; \
	else \
		$(CARGO) test --workspace --locked --no-fail-fast; \
	fi

bench: setup
	$(CARGO) bench --workspace --locked

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

# Downloads what Cargo.lock names; where there is no network, what is there already must do.
setup: need-cargo need-cc
	@$(CARGO) fetch --locked --quiet 2>/dev/null || $(CARGO) fetch --locked --offline --quiet || { \
		echo "The crates that Cargo.lock names could not be downloaded. This needs the network once: run \`cargo fetch --locked\`."; \
		exit 1; }

need-cargo:
	@command -v $(CARGO) >/dev/null 2>&1 || { \
		echo "Rust is missing. Install it with:"; \
		echo "  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y && . \"\$$HOME/.cargo/env\""; \
		echo "(rustup then fetches the version that rust-toolchain.toml names)"; \
		exit 1; }

# Rust links with the C compiler.
need-cc:
	@command -v $${CC:-cc} >/dev/null 2>&1 || { \
		echo "A C compiler is missing. On Debian or Ubuntu install it with:"; \
		echo "  sudo apt-get install --yes gcc libc6-dev"; \
		exit 1; }
