"""Dates and periods in a text, resolved to days."""
