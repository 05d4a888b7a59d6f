"""How good and how fast it is: one module a benchmark, run by `python -m benchmarks`."""
