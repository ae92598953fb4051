# `make run` and `make test` do all their own set-up; `make help` lists the rest.

CARGO   ?= cargo
PREFIX  ?= /usr/local
DESTDIR ?=
# cargo features besides the default ones, such as FEATURES=cuda
FEATURES ?=
# arguments for `make run`, such as ARGS="repl" or ARGS='-m other.gguf'
ARGS ?=

LIMPID      := target/release/limpid
MODEL       := models/SmolLM2-135M-Instruct.Q4_1.gguf
FEATUREARGS := $(if $(FEATURES),--features $(FEATURES))
export LIMPID_MODELS_DIR ?= $(CURDIR)/models

.DEFAULT_GOAL := help
.PHONY: help run test lint bench build deps generate install uninstall clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build $(MODEL) ## build what is missing and open limpid on the default model
	@$(LIMPID) $(ARGS)

test: build $(MODEL) ## every test, with the real model and real terminals
	LIMPID_TEST_MODEL=$(CURDIR)/$(MODEL) $(CARGO) test --release $(FEATUREARGS)

lint: deps ## formatting, clippy and rustdoc, warnings as errors
	$(CARGO) fmt --check
	$(CARGO) clippy --release --all-targets $(FEATUREARGS) -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --no-deps --document-private-items $(FEATUREARGS)

bench: build $(MODEL) ## prefill and decode speed of the default model here
	$(LIMPID) bench -m $(CURDIR)/$(MODEL)

build: deps ## the program alone
	$(CARGO) build --release $(FEATUREARGS)

generate: build ## man pages, completions and the README's tables, from the code that they describe
	$(LIMPID) man --out man
	@for table in keys slash; do \
	  $(LIMPID) man $$table.md > target/$$table.md; \
	  awk -v table=$$table '$$0 == "<!-- " table ":end -->"{skip=0} !skip{print} \
	    $$0 == "<!-- " table ":begin -->"{skip=1; while ((getline line < ("target/" table ".md")) > 0) print line}' \
	    README.md > target/README.md; \
	  cp target/README.md README.md; \
	done

# Resumable and checked against the catalog's sha256; see `limpid models pull --help`.
$(MODEL): | build
	$(LIMPID) models pull smollm2-135m

deps:
	@sh .cargo/deps.sh

install: build ## binary, man pages, completions and themes under PREFIX
	install -Dm755 $(LIMPID) $(DESTDIR)$(PREFIX)/bin/limpid
	for page in man/*.[15]; do install -Dm644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done
	install -Dm644 man/completions/limpid.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/limpid
	install -Dm644 man/completions/_limpid $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_limpid
	install -Dm644 man/completions/limpid.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/limpid.fish
	for theme in themes/*.toml; do install -Dm644 $$theme $(DESTDIR)$(PREFIX)/share/limpid/themes/$${theme##*/}; done

uninstall: ## remove what `make install` put in place
	rm -f $(DESTDIR)$(PREFIX)/bin/limpid
	for page in man/*.[15]; do rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; done
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/limpid \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_limpid \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/limpid.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/limpid

clean: ## what was built; models stay
	$(CARGO) clean
