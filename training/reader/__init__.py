"""How the network of ``dateline.model`` is trained; run it with ``training/train.py``."""
