"""What politicians are shown: one page in plain language, and slides; figures typed by nobody."""
