"""Pure: text in, findings out. Nothing here opens a file."""
