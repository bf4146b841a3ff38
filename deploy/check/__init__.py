"""Proof of docs/deployment.md: its own commands, run in a bare Debian (`make deploy-check`)."""
