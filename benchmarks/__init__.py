"""Compares this assistant with stock Rasa on one machine in one run; see docs/benchmarks.md."""
