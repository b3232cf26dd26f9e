"""What changes contact paths, calls, absences and handovers."""
