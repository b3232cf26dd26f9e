"""Contact paths and continuity: who to call now, and what goes on when somebody is away."""
