"""The version of the house, as printed sheets name it; it moves with CHANGELOG.md."""

VERSION = "0.1.dev0"
