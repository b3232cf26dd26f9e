"""The pages of the situation: incidents, map, places, problems and news."""
