"""Outside formats, one module each: bytes in, values out. Lenient in reading, strict in writing; no disk."""
