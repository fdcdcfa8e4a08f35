"""The proxy: it stands between an editor and an assistant's language server, and says which suggestions were taken.

Passing on (relay.py) knows bytes only and depends on nothing here. Watching is a process of its own (watch.py), with a
pure core: messages of both sides in, Records out (conversation.py). It is not a language server and changes no message.
"""
