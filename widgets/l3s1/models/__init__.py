"""What follows from what: arrays and numbers in, arrays and numbers out; no files, no pictures."""
