"""One picture a module: a subclass of `explorer.lab.picture.Picture`, found because it stands here."""
