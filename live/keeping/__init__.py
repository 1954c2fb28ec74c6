"""Keeps recordings between builds, and knows when one no longer holds."""
