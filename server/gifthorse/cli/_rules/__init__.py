"""What `gifthorse rules` can do besides listing them: one module an action, with HELP, `configure` and `run`."""
