"""Shared by all rooms: nothing but what every test needs."""
