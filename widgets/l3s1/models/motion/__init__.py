"""How the lumbar spine bends: segments as non-linear springs in series, intact and fused."""
