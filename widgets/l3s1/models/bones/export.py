"""Write a mesh in a format that other programs read."""

from __future__ import annotations

import numpy as np

from l3s1.models.bones.meshing import Mesh


def ply_bytes(mesh: Mesh) -> bytes:
    """Binary little-endian PLY of a mesh, LPS, mm; float32 vertices."""
    header = (
        "ply\nformat binary_little_endian 1.0\ncomment LPS, millimetres\n"
        f"element vertex {len(mesh.vertices)}\n"
        "property float x\nproperty float y\nproperty float z\n"
        f"element face {len(mesh.triangles)}\n"
        "property list uchar int vertex_indices\nend_header\n"
    )
    faces = np.empty(len(mesh.triangles), dtype=[("n", "u1"), ("v", "<i4", 3)])
    faces["n"], faces["v"] = 3, mesh.triangles
    return header.encode() + mesh.vertices.astype("<f4").tobytes() + faces.tobytes()
