"""What stands on the home page, by post: a module a subject, a function a block, each returning plain dataclasses."""
