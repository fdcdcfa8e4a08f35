"""One root wired up; both front doors, the language server and the command line, use it."""
