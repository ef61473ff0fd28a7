"""Requests spoiled on purpose, the same ones for the same seed: valid inputs of every operation by the service's model
(`inputs`), what is done to them (`mutations`), and HTTP by hand (`http`)."""
