"""What happens between an event's bytes and a handler: the same on both runtimes.

Each module is imported by its full name; nothing is imported here.
"""
