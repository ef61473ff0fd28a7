# The common ways into this project. Long work is in scripts/; what each target needs is installed by `make setup`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup programs build test check unit pam-test end-to-end machine machine-vm demo fuzz soak chaos crowd bench format reproducible release install uninstall clean

SWIFT ?= swift
PYTHON := .venv/bin/python
RELEASE := .build/release
# What is shipped names no folder of the machine that built it, and looks every symbol up before it starts.
SWIFT_FLAGS := -c release --static-swift-stdlib --disable-local-rpath -Xlinker -z -Xlinker now \
  -Xcc -ffile-prefix-map=$(CURDIR)=. -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=.
TRIPLET := $(shell gcc -print-multiarch 2>/dev/null || echo x86_64-linux-gnu)

prefix ?= /usr
bindir = $(DESTDIR)$(prefix)/bin
libexecdir = $(DESTDIR)$(prefix)/libexec/cognito-login
securitydir = $(DESTDIR)$(prefix)/lib/$(TRIPLET)/security
unitdir = $(DESTDIR)$(prefix)/lib/systemd/system
sysusersdir = $(DESTDIR)$(prefix)/lib/sysusers.d
tmpfilesdir = $(DESTDIR)$(prefix)/lib/tmpfiles.d
pamconfigsdir = $(DESTDIR)$(prefix)/share/pam-configs
mandir = $(DESTDIR)$(prefix)/share/man
exampledir = $(DESTDIR)$(prefix)/share/doc/cognito-login/examples

# One program, called by several names: each name is one protocol.
HELPERS := git-credential-cognito docker-credential-cognito

help: ## shows this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: ## installs all that building and testing need (Debian 12; root or sudo)
	@scripts/setup

programs:
	$(SWIFT) build $(SWIFT_FLAGS)
	@for name in $(HELPERS); do ln -sf cognito-helper $(RELEASE)/$$name; done
	$(MAKE) -C pam

build: programs ## builds the programs into .build/release, and the PAM module
	@# The examples are a package of their own: what it builds is linked beside the programs.
	$(SWIFT) build --package-path Examples --scratch-path .build/examples
	@for name in sign-in verify-tokens list-users; do ln -sf ../../examples/debug/example-$$name $(RELEASE)/; done

test: setup ## installs what is needed, builds, and runs every check and test
	@/usr/bin/python3 scripts/test.py

check: ## formatting, lint, imports, what must not be in the tree, documentation, guides and examples
	@/usr/bin/python3 scripts/test.py check examples

unit: ## runs the Swift tests
	@/usr/bin/python3 scripts/test.py unit

pam-test: ## runs the tests of the PAM module
	@/usr/bin/python3 scripts/test.py pam

end-to-end: ## runs the tests with real sshd, sudo, git, docker and keyring (after `make build`)
	@/usr/bin/python3 scripts/test.py end-to-end

machine: ## installs our packages on a booted Debian, and logs people in there (after `make build`)
	@/usr/bin/python3 scripts/test.py machine

machine-vm: ## the same in a virtual machine: AppArmor, locked memory, serial console, a real reboot (needs qemu-system-x86)
	@Tests/Machine/image .build/machine vm
	@Tests/Machine/run --override-ini=timeout=1800 Tests/Machine/virtual

demo: setup build ## installs, builds, and shows the whole journey on a throw-away copy of this machine
	@scripts/demo

fuzz: ## feeds the decoders and the pool with spoiled input for a long time (SECONDS_EACH=600)
	@pam/tests/fuzz $(or $(SECONDS_EACH),600)
	@Tests/Fuzz/run $(or $(SECONDS_EACH),600)
	@COGNITO_POOL_FUZZ_SECONDS=$(or $(SECONDS_EACH),600) $(PYTHON) -B -m pytest -q -s -p no:cacheprovider \
	  Tests/EndToEnd/pool/test_fuzzed_requests.py

soak: ## logs people in for a long time and watches memory and open files (MINUTES=30)
	@scripts/long soak

chaos: ## ends and stops programs at random moments while people log in (MINUTES=10 SEED=…)
	@COGNITO_POOL_CHAOS_SECONDS=$$(( $${MINUTES:-10} * 60 )) $(PYTHON) -B -m pytest -q -p no:cacheprovider \
	  Tests/EndToEnd/pool/test_durability.py
	@scripts/long chaos

crowd: ## logs 200 people in at once, alone and beside an attacker (PEOPLE=200)
	@scripts/long crowd

bench: ## measures the helpers and a login against their peers (after `make build`)
	@Benchmarks/run

format: ## formats the sources in every language
	@scripts/check-style --fix

reproducible: ## builds the packages in two folders with no network, and compares them (some minutes)
	@scripts/reproducible

release: ## builds a release into .build/release-VERSION; RELEASE=1 tags it too
	@scripts/release

install: ## copies what was built to DESTDIR
	install -d $(bindir) $(libexecdir)
	install -s -m 755 $(RELEASE)/cognito $(RELEASE)/cognito-helper $(RELEASE)/cognito-pool $(bindir)
	@for name in $(HELPERS); do ln -sf cognito-helper $(bindir)/$$name; done
	install -s -m 755 $(RELEASE)/cognito-logind $(RELEASE)/cognito-userdb $(libexecdir)
	$(MAKE) -C pam install DESTDIR=$(DESTDIR) SECURITY_DIR=$(prefix)/lib/$(TRIPLET)/security
	$(MAKE) -C packaging install DESTDIR=$(DESTDIR) prefix=$(prefix)

uninstall: ## removes what install copied; first it takes it out of force
	@[ -n "$(DESTDIR)" ] || packaging/stand-down
	@for name in $(HELPERS); do rm -f $(bindir)/$$name; done
	rm -f $(bindir)/cognito $(bindir)/cognito-helper $(bindir)/cognito-pool
	$(MAKE) -C packaging uninstall DESTDIR=$(DESTDIR) prefix=$(prefix)
	rm -rf $(libexecdir)
	rm -f $(securitydir)/pam_cognito.so

clean: ## removes what was built here
	rm -rf .build .venv
	-$(MAKE) -C pam clean
