"""What is done with agreements, by subject: write, sign, share, live, commit, promise."""
