"""Lines that are taken out of programs to see whether their tests notice, by the file of those tests."""
