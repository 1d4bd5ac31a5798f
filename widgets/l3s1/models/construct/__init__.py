"""The instrumented fusion L3–S1 in 3D: screws, rods, cages, graft and new bone."""
