"""Training: one step without threads (trainer), and the session that runs steps in a thread."""
