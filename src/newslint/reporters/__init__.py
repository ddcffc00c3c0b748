"""Render a report: one module for each format."""
