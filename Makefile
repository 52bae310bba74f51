# Two commands from a fresh clone: `make rehearse` and `make test`. Node and Make are all that must be there.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help rehearse test synth aws-validate cloudfront-clear-cache install check-node test-tools

# Roots to work on, separated by spaces or commas; all when empty.
ROOT ?=
# The one root that a target for operators works on.
SYSTEM ?= allthrive
ENVIRONMENT ?= production
# More flags for the rehearsal (--json, --keep, --parallel 1), for operators' targets, and for jest.
ARGS ?=
JEST_ARGS ?=

OPS := node scripts/ops.mjs

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-22s %s\n", $$1, $$2 }'

rehearse: install ## plan, apply, re-plan and destroy every root on this machine, without an AWS account; ROOT=zelly-staging for one
	@ROOT="$(ROOT)" $(OPS) rehearse $(ARGS)

test: install test-tools ## type check, lint and all tests
	npm run typecheck
	npm run lint
	TERRAFORM="$$($(OPS) terraform)" && export TERRAFORM && npm run test:all -- $(JEST_ARGS)

synth: install ## write every root to cdktf.out; ROOT=zelly-staging for one
	@node scripts/synth.mjs $(subst $(comma), ,$(ROOT))

aws-validate: install ## compare what a root states with what is in AWS; ENVIRONMENT=staging, ARGS=--json
	@$(OPS) validate "$(SYSTEM)-$(ENVIRONMENT)" $(ARGS)

cloudfront-clear-cache: install ## make CloudFront forget what it has cached; ENVIRONMENT=staging, ARGS="--paths /index.html --wait"
	@$(OPS) cloudfront-clear-cache "$(SYSTEM)-$(ENVIRONMENT)" $(ARGS)

# npm writes node_modules/.package-lock.json last, so it stands for an installation that came to its end.
install: check-node node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json | check-node
	npm ci >&2
	@touch $@

check-node:
	@node scripts/check-node.cjs

test-tools:
	@sh scripts/install-test-tools.sh

comma := ,
