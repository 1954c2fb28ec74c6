"""Which page shows which snippet, and which of them did not do what its page says."""
