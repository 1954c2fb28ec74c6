"""Which sections of a page are up to date in another language, and whether both languages show the same things."""
