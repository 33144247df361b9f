"""Markdown to clean HTML."""
