# The two commands are `make demo` and `make test`; the rest are their parts.
KAISHI := $(or $(CARGO_TARGET_DIR),target)/release/kaishi
RUN := $(if $(shell command -v cargo-nextest),nextest run,test)
BROWSER := -p kaishi-app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate

.PHONY: help demo test soak fuzz build bundle dev bench lint fmt clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

demo: build ## installs what is missing, builds, and plays the Fuzhong market on http://127.0.0.1:3000
	$(KAISHI) demo

test: bundle ## installs what is missing and runs every test, in Rust and in the browser
	end2end/needs
	url=$$(server/store/postgres) && KAISHI_TEST_POSTGRES=$$url cargo $(RUN) --workspace
	cargo build --workspace --bins
	cd end2end && npx playwright test

soak: fuzz ## the tests that take minutes: killed again and again, ten thousand histories of 200 steps; failing seeds print themselves
	url=$$(server/store/postgres) && KAISHI_TEST_POSTGRES=$$url cargo test --workspace -- --ignored
	KAISHI_HISTORIES=10000 cargo test --release -p kaishi-domain --test history

FOR ?= 60
fuzz: ## what strangers send is bent by libFuzzer, FOR=60 seconds each: tokens, batches, tables, maps, grounds, photos
	server/fuzz/run $(FOR)

build: bundle ## the release binary with its assets inside
	cargo build --release -p kaishi

bundle: ## the browser half: wasm and styles
	app/bundle/needs
	cargo run -q -p kaishi-bundle

dev: ## builds on every change and serves the demo
	app/bundle/needs
	cargo run -q -p kaishi-bundle -- --dev --watch -- demo --still

bench: build ## durable check-ins a second, on SQLite and with PostgreSQL a Saturday of a city in small; ten thousand screens; layouts and assignments beside their references; frames of the editor with 1,000 stalls
	cargo bench -q -p kaishi --bench checkin
	cargo bench -q -p kaishi --bench pack
	url=$$(server/store/postgres --fsync) && KAISHI_TEST_POSTGRES=$$url cargo bench -q -p kaishi --bench scale
	ulimit -n $$(ulimit -Hn) && cargo bench -q -p kaishi --bench screens
	cargo bench -q -p kaishi-domain --bench layout
	cargo bench -q -p kaishi-domain --bench assign
	cargo bench -q -p kaishi-twin --bench ratio
	end2end/needs
	cd end2end && END2END_KAISHI=$(abspath $(KAISHI)) npx playwright test -c bench.config.ts

lint: ## format, clippy for the server and for the browser
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy $(BROWSER) -- -D warnings

fmt: ## formats all Rust
	cargo fmt --all

clean: ## removes what was built, and the PostgreSQL for tests
	-server/store/postgres stop
	cargo clean
	rm -rf end2end/node_modules end2end/test-results end2end/playwright-report
