"""Rules in Semgrep's YAML, read into rules of ours as far as they map cleanly. Source: Semgrep's rule syntax, 1.x."""
