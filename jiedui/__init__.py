"""Jiedui (结对): work recorded once, every figure a sum over an append-only ledger."""

__version__ = "0.1.dev0"
"""What a printed sheet names; it moves with the CHANGELOG."""
