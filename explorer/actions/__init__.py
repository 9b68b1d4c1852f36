"""Every action of the window: its text, its keys and what it does; menus, palette and list of shortcuts show them."""
