"""The lumbar spine as one model: bones posed, discs and soft tissue made to fit them."""
