"""Publishes scored results, company statements and answers to residents as a static site."""

__version__ = "0.1.0"
