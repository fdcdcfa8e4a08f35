"""Change: what a text could do and what it kept before an insertion, against afterwards. Pure: texts in, Findings out.

It knows both texts and where an assistant's stand in the new one. It opens no file, and knows no editor.
"""
