"""Servers, terminals and a throw-away machine for the end-to-end tests and the demo.

Every piece is a context manager that owns one process or one folder and ends what it started, by its pid.
"""
