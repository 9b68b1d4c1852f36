"""One file a dock; a panel shows frozen results of core and emits what the user wants. It starts nothing."""
