"""The version of the library, where every floor can reach it."""

VERSION = "0.1.0"
