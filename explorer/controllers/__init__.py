"""What happens when: each controller joins the bridges, the shared state and some panels for one concern."""
