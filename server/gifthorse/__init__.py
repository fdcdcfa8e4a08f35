"""Gifthorse: which text did an AI assistant insert, what in it is risky, and who reviewed it."""

__version__ = "0.1.0"
