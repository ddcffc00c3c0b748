"""Drafts settings from what a folder holds."""
