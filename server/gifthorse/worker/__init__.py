"""The analysis process: parsing and evaluation happen outside the server, under limits."""
