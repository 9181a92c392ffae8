"""Models: the contract, the registry of plugins, and the adapters that come with IADBE."""
