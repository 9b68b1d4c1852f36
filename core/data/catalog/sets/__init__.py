"""The data sets of the catalog, one a module: it declares its `ENTRY`, and lists what was unpacked."""
