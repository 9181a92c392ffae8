"""Raw images at an address: fetched into a local cache folder, once."""
