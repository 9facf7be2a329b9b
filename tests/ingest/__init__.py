"""Tests of the door: one file per module of ``dateline.ingest``, cases as tables one can edit."""
