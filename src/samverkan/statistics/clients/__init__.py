"""How each publisher is asked, and how its answers are read."""
