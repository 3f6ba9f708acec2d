"""What a function's process runs before the function's own code; imported by nothing here."""
