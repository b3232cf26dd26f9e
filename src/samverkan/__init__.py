"""Samverkan: local crime prevention, run together by municipalities and the police."""

__version__ = "0.1.0"
