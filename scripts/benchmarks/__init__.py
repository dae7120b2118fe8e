"""Benchmarks: a file each, with a function run(factory, report)."""
