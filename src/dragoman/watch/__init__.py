"""Watching feeds, folders and pages, and telling what moved."""
