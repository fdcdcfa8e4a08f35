"""One file for each language-server feature."""
