"""Counts that cross a party's border: four weeks at a time, with what is small taken out."""
