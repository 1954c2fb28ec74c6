"""What must hold while something breaks. A matrix: each test is a row, and names the guard that it would miss."""
