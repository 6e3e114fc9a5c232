"""Frames, their columns, and JSON Lines: what a layer holds, as tables."""
