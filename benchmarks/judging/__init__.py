"""What benchmarks/scoring.py is made of."""
