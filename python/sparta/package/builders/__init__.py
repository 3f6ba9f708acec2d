"""The ways to get the native library: build it with zig or Docker, or take it prebuilt."""
