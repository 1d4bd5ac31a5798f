"""Bones generated from numbers: signed-distance templates and their meshes."""
