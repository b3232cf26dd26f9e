"""Fair comparison: with like municipalities, with chance in every figure, and never a rank."""
