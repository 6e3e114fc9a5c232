"""Clippings and their evidence in the formats of others, one file a format."""
