"""What changes things in this room: check, write, audit, in one transaction."""
