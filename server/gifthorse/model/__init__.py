"""Values only: frozen dataclasses and enumerations that every other floor speaks in.

Nothing here opens a file, imports a third-party package or knows a protocol.
"""
